package io.orderflow.bench.question;

import io.orderflow.bench.http.Requests;
import io.orderflow.bench.order.Products;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A list of orders that people ask for, each time with another customer, product or time.
 *
 * @param name of it
 * @param paths that are asked for
 */
public record Question(String name, List<String> paths) {

    private static final int VARIANTS = 2000;
    private static final int CUSTOMERS = 50_000;
    private static final Duration SPAN = Duration.ofDays(180);

    /** Those that the filters of {@code GET /api/orders} are for, on a {@code History}. */
    public static List<Question> all(Instant now) {
        return List.of(
                of("newest", random -> ""),
                of("of a customer", random -> "customerId=" + customer(random)),
                of("in a status", random -> "status=" + (random.nextBoolean() ? "REJECTED" : "CANCELLED")),
                of("of a customer in a status", random -> "customerId=" + customer(random) + "&status=DELIVERED"),
                of("with a product", random -> "sku=" + Products.sku(random.nextInt(Products.COUNT))),
                of("of an amount", random -> {
                    int least = 2 + random.nextInt(200);
                    return "currency=EUR&minTotal=%d.00&maxTotal=%d.00&sort=total".formatted(least, least + 10);
                }),
                of("dearest", random -> "currency=EUR&sort=-total"),
                of("of a day", random -> {
                    Instant from = now.minusSeconds(random.nextLong(SPAN.toSeconds()));
                    return "placedFrom=%s&placedTo=%s".formatted(from, from.plus(Duration.ofDays(1)));
                }),
                of("with a word", random -> "q=" + customer(random) + "%40example.org"));
    }

    private static String customer(RandomGenerator random) {
        return "customer-" + random.nextInt(CUSTOMERS);
    }

    private static Question of(String name, Function<RandomGenerator, String> filter) {
        RandomGenerator random = new SplittableRandom(name.hashCode());
        return new Question(
                name,
                Stream.generate(() -> "/api/orders?" + filter.apply(random))
                        .limit(VARIANTS)
                        .toList());
    }

    /** One after the other, for ever. */
    public Requests requests() {
        List<byte[]> prepared = paths.stream()
                .map(path -> "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .map(request -> request.getBytes(StandardCharsets.US_ASCII))
                .toList();
        return new Requests() {

            private int next;

            @Override
            public ByteBuffer next() {
                return ByteBuffer.wrap(prepared.get(next++ % prepared.size()));
            }
        };
    }
}
