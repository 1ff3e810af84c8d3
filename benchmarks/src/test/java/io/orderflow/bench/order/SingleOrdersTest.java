package io.orderflow.bench.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SingleOrdersTest {

    private static final Pattern REQUEST = Pattern.compile(
            "POST /api/orders HTTP/1.1\r\n.*Idempotency-Key: (\\S+)\r\nContent-Length: (\\d+)\r\n\r\n(.*)",
            Pattern.DOTALL);

    private final SingleOrders orders = new SingleOrders(1);

    private Matcher next() {
        Matcher request = REQUEST.matcher(StandardCharsets.US_ASCII.decode(orders.next()));
        assertThat(request.matches()).isTrue();
        return request;
    }

    @Test
    void neverUsesAnIdempotencyKeyTwice() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            keys.add(next().group(1));
        }
        assertThat(keys).hasSize(20_000);
    }

    @Test
    void tellsTheLengthOfTheBody() {
        Matcher request = next();
        assertThat(request.group(3)).hasSize(Integer.parseInt(request.group(2)));
    }
}
