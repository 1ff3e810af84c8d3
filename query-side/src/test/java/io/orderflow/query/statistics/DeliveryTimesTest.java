package io.orderflow.query.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeliveryTimesTest {

    @Test
    void aPercentileIsAtMostFivePercentTooLongAndNeverTooShort() {
        Random random = new Random(7);
        long[] sorted = LongStream.generate(() -> (long) Math.exp(random.nextDouble() * 20))
                .limit(10_000)
                .sorted()
                .toArray();
        TreeMap<Integer, Long> buckets = new TreeMap<>();
        for (long millis : sorted) {
            buckets.merge(DeliveryTimes.bucketOf(Duration.ofMillis(millis)), 1L, Long::sum);
        }
        for (int percent : new int[] {1, 50, 90, 95, 99, 100}) {
            long exact = sorted[Math.max(1, sorted.length * percent / 100) - 1];
            assertThat(DeliveryTimes.percentile(buckets, percent).toMillis())
                    .as("p%d", percent)
                    .isBetween(exact, exact + exact / 20 + 1);
        }
    }

    @Test
    void whatTakesNoTimeIsInTheFirstBucket() {
        assertThat(DeliveryTimes.bucketOf(Duration.ZERO)).isZero();
        assertThat(DeliveryTimes.bucketOf(Duration.ofMillis(-5))).isZero();
    }
}
