package io.orderflow.bench.seed;

import io.orderflow.bench.http.Requests;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** {@code POST /api/orders}, each of one product, whose price is always the same. */
final class RandomOrders implements Requests {

    private final String host;
    private final Range users;
    private final Range products;
    private final Range quantities;
    private final RandomGenerator random = new SplittableRandom();

    RandomOrders(URI target, Range users, Range products, Range quantities) {
        this.host = target.getAuthority();
        this.users = users;
        this.products = products;
        this.quantities = quantities;
    }

    @Override
    public ByteBuffer next() {
        String body = body();
        String request = """
                POST /api/orders HTTP/1.1\r
                Host: %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(host, body.length(), body);
        return ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    }

    private String body() {
        int user = users.any(random);
        int product = products.any(random);
        int cents = 199 + 50 * Math.floorMod(product, 1000);
        return String.format(
                Locale.ROOT,
                "{\"customerId\":\"%d\",\"email\":\"user-%d@example.org\",\"lines\":[{\"sku\":\"%d\","
                        + "\"name\":\"Product %d\",\"quantity\":%d,\"price\":\"%d.%02d\"}],\"currency\":\"EUR\"}",
                user,
                user,
                product,
                product,
                quantities.any(random),
                cents / 100,
                cents % 100);
    }
}
