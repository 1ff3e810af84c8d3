package io.orderflow.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class FigureTest {

    private static Round round(long units, long micros) {
        Histogram latencies = new Histogram(3);
        latencies.recordValue(micros);
        return new Round(
                units,
                Duration.ofSeconds(2),
                Map.of("service", Duration.ofSeconds(1)),
                Map.of("service", 1000 * units),
                latencies);
    }

    private final Figure figure =
            Figure.rate("accept", "", "orders", List.of(round(200, 1000), round(100, 9000), round(500, 3000)));

    @Test
    void takesTheMedianOfTheRounds() {
        assertThat(figure.median()).isEqualTo(100);
        assertThat(figure.min()).isEqualTo(50);
        assertThat(figure.max()).isEqualTo(250);
        assertThat(figure.unit()).isEqualTo("orders/s");
    }

    @Test
    void tellsTheCostsOfOneUnit() {
        assertThat(figure.cpuMicrosPerUnit()).containsEntry("service", 5000.0);
        assertThat(figure.bytesPerUnit()).containsEntry("service", 1000.0);
    }

    @Test
    void putsTheLatenciesOfAllRoundsTogether() {
        assertThat(figure.latency()).isNotNull().satisfies(latency -> {
            assertThat(latency.p50()).isBetween(2.9, 3.1);
            assertThat(latency.max()).isBetween(8.9, 9.1);
        });
    }
}
