package io.orderflow.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.api.order.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChronicleTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-01-04T00:00:00Z");

    private final List<Happening> told = told(7);

    private static List<Happening> told(long seed) {
        Chronicle chronicle = new Chronicle(START, END, Duration.ofMinutes(1), seed);
        return Stream.generate(chronicle::next).limit(20_000).toList();
    }

    @Test
    void tellsInTheOrderOfTime() {
        assertThat(told).extracting(Happening::at).isSorted();
    }

    @Test
    void tellsNothingFromTheFuture() {
        assertThat(told).extracting(Happening::at).contains(END).noneMatch(END::isBefore);
    }

    @Test
    void leavesNoEventOfAnOrderOut() {
        Map<OrderId, Long> expected = new HashMap<>();
        for (Happening happening : told) {
            OrderId id = happening.event().orderId();
            assertThat(happening.sequence()).isEqualTo(expected.getOrDefault(id, 0L));
            expected.put(id, happening.sequence() + 1);
        }
        assertThat(expected.values()).contains(2L, 3L, 5L, 6L);
    }

    @Test
    void tellsTheSameToTheSameSeed() {
        assertThat(told(7)).isEqualTo(told);
        assertThat(told(8)).isNotEqualTo(told);
    }
}
