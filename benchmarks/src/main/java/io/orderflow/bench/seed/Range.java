package io.orderflow.bench.seed;

import java.util.random.RandomGenerator;

/** Whole numbers from the least to the most, both included. */
record Range(int least, int most) {

    Range {
        if (least > most) {
            throw new IllegalArgumentException("the least, " + least + ", is more than the most, " + most);
        }
    }

    int any(RandomGenerator random) {
        return random.nextInt(least, Math.addExact(most, 1));
    }
}
