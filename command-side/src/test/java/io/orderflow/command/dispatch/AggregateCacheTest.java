package io.orderflow.command.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AggregateCacheTest {

    private static final int SIZE = 100;

    private final AggregateCache cache = new AggregateCache(SIZE);

    @Test
    void ordersThatAreUnderWayStayHoweverOftenThoseAtTheirEndWereUsed() {
        for (int order = 0; order < SIZE; order++) {
            cache.put("finished " + order, order);
            for (int command = 0; command < 6; command++) {
                assertThat(cache.<String, Integer>get("finished " + order)).isEqualTo(order);
            }
        }
        for (int order = 0; order < SIZE / 2; order++) {
            cache.put("placed " + order, order);
        }
        for (int order = 0; order < SIZE / 2; order++) {
            assertThat(cache.<String, Integer>get("placed " + order)).isEqualTo(order);
        }
    }

    @Test
    void thereAreNeverMoreThanMay() {
        for (int order = 0; order < 3 * SIZE; order++) {
            cache.put(order, order);
        }
        int kept = 0;
        for (int order = 0; order < 3 * SIZE; order++) {
            kept += cache.containsKey(order) ? 1 : 0;
        }
        assertThat(kept).isEqualTo(SIZE);
    }

    @Test
    void theOneUsedLastStays() {
        cache.put("old", 1);
        for (int order = 1; order < SIZE; order++) {
            cache.put(order, order);
        }
        assertThat(cache.<String, Integer>get("old")).isEqualTo(1);
        cache.put("new", 2);
        assertThat(cache.containsKey("old")).isTrue();
        assertThat(cache.containsKey(1)).isFalse();
    }
}
