package io.orderflow.bench.order;

import io.orderflow.bench.http.Requests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * {@code POST /api/orders}, each with an idempotency key that was never used. The bodies are prepared; only the key is
 * written when a request is sent.
 */
public final class SingleOrders implements Requests {

    private static final int PREPARED = 4096;
    private static final String NUMBER = "0000000000000000";
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> requests;
    private final int numberAt;
    private long number;

    public SingleOrders(long seed) {
        String head = """
                POST /api/orders HTTP/1.1\r
                Host: localhost\r
                Content-Type: application/json\r
                Idempotency-Key: %s-%s\r
                """.formatted(UUID.randomUUID(), NUMBER);
        this.numberAt = head.length() - NUMBER.length() - 2;
        OrderBodies bodies = new OrderBodies(seed);
        this.requests = Stream.generate(bodies::next)
                .limit(PREPARED)
                .map(body -> head + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .map(request -> request.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    @Override
    public ByteBuffer next() {
        byte[] request = requests.get((int) (number % PREPARED));
        long rest = number++;
        for (int digit = NUMBER.length() - 1; digit >= 0; digit--) {
            request[numberAt + digit] = DIGITS[(int) (rest & 15)];
            rest >>>= 4;
        }
        return ByteBuffer.wrap(request);
    }
}
