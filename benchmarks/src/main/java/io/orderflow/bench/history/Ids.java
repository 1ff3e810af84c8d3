package io.orderflow.bench.history;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** UUIDs of version 7, as the services make them, of any time. */
final class Ids {

    private Ids() {}

    static UUID at(Instant time, RandomGenerator random) {
        long high = time.toEpochMilli() << 16 | 0x7000L | (random.nextInt() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
