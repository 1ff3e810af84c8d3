package io.orderflow.bench.order;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Orders as clients ask for them, in JSON: one to three lines, by one of many customers. */
public final class OrderBodies {

    private static final int CUSTOMERS = 10_000;

    private final Random random;

    /** @param seed the same one gives the same orders */
    public OrderBodies(long seed) {
        this.random = new Random(seed);
    }

    /** So many of them, each ending with a line break. */
    public String lines(int count) {
        return Stream.generate(this::next).limit(count).map(line -> line + "\n").collect(Collectors.joining());
    }

    public String next() {
        int customer = random.nextInt(CUSTOMERS);
        int first = random.nextInt(Products.COUNT);
        String lines = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(line -> "{\"sku\":\"%s\",\"quantity\":%d}"
                        .formatted(Products.sku((first + 7 * line) % Products.COUNT), 1 + random.nextInt(5)))
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"customerId\":\"customer-%d\",\"email\":\"customer-%d@example.org\",\"lines\":%s}"
                .formatted(customer, customer, lines);
    }
}
