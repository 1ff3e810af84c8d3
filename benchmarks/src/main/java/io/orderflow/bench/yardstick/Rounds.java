package io.orderflow.bench.yardstick;

import java.time.Duration;

/** How long yardsticks are measured: as long as what they are for. */
public interface Rounds {

    Duration length();

    /** How many of that length. */
    int rounds();
}
