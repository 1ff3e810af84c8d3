package io.orderflow.bench.yardstick;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Medians of rounds, after one that warms up. */
final class Medians {

    private Medians() {}

    static double of(int rounds, Callable<Double> round) throws Exception {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i <= rounds; i++) {
            values.add(round.call());
        }
        List<Double> sorted = values.stream().skip(1).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
