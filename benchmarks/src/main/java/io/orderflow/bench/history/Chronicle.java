package io.orderflow.bench.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Endless lives of orders that begin one after the other, all their events in the order of time. */
final class Chronicle implements Iterator<Happening> {

    private final RandomGenerator random;
    private final Duration between;
    private final PriorityQueue<Running> underWay = new PriorityQueue<>(Comparator.comparing(Running::nextAt));
    private final Instant until;
    private Instant nextOrderAt;

    /**
     * @param until after which nothing happens any more, since Kafka refuses what comes from the future: what would, happens
     *     then
     * @param between two orders
     * @param seed the same one tells the same
     */
    Chronicle(Instant from, Instant until, Duration between, long seed) {
        this.random = new SplittableRandom(seed);
        this.between = between;
        this.until = until;
        this.nextOrderAt = from;
    }

    /** A life of which something is still to be told. */
    private record Running(Happening next, Iterator<Happening> rest) {

        Instant nextAt() {
            return next.at();
        }
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Happening next() {
        Running first = underWay.peek();
        if (first == null || nextOrderAt.isBefore(first.nextAt())) {
            goOn(Life.beginning(nextOrderAt, random));
            nextOrderAt = nextOrderAt.plus(between);
        }
        Running earliest = underWay.remove();
        goOn(earliest.rest());
        return earliest.next().notAfter(until);
    }

    private void goOn(Iterator<Happening> life) {
        if (life.hasNext()) {
            underWay.add(new Running(life.next(), life));
        }
    }
}
