package io.orderflow.query.statistics;

import java.time.Duration;
import java.util.SortedMap;

/**
 * Durations as a histogram: each bucket reaches 5% further than the one before it, so that a percentile read from it is at
 * most 5% too long, whatever the durations are.
 */
final class DeliveryTimes {

    private static final double GROWTH = Math.log(1.05);

    private DeliveryTimes() {}

    /** The bucket of a duration; all up to a millisecond are in the first. */
    static int bucketOf(Duration duration) {
        return (int) Math.ceil(Math.log(Math.max(1, duration.toMillis())) / GROWTH);
    }

    /** The longest duration in a bucket. */
    static Duration longestIn(int bucket) {
        return Duration.ofMillis(Math.round(Math.exp(bucket * GROWTH)));
    }

    /**
     * The duration that so many percent of all do not exceed.
     *
     * @param buckets how many durations there are in each bucket; not empty
     */
    static Duration percentile(SortedMap<Integer, Long> buckets, int percent) {
        long all = buckets.values().stream().mapToLong(Long::longValue).sum();
        long wanted = Math.max(1, (all * percent + 99) / 100);
        long passed = 0;
        for (var bucket : buckets.entrySet()) {
            passed += bucket.getValue();
            if (passed >= wanted) {
                return longestIn(bucket.getKey());
            }
        }
        return longestIn(buckets.lastKey());
    }
}
