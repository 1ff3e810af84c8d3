package io.orderflow.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.bench.bed.Machines;
import io.orderflow.bench.measure.Figure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether there is something to measure, and it is measured; not how much it is. */
class BenchIT {

    private static final Duration SHORT = Duration.ofMillis(500);

    private static Course course(Path folder) {
        return new Course(
                Path.of(System.getProperty("orderflow.home", "..")),
                folder,
                Machines.USUAL,
                SHORT,
                SHORT,
                1,
                10_000,
                0,
                line -> {});
    }

    @Test
    void ordersAreAcceptedOneByOne(@TempDir Path folder) throws Exception {
        List<Figure> figures = new AcceptStage(List.of(4), List.of(0.5)).measure(course(folder));

        assertThat(figures).hasSize(2).allSatisfy(figure -> {
            assertThat(figure.median()).isPositive();
            assertThat(figure.latency()).isNotNull();
            assertThat(figure.cpuMicrosPerUnit()).containsKeys("command-side", "postgres", "kafka", "load tool");
            assertThat(figure.bytesPerUnit()).containsKey("command-side");
            assertThat(figure.yardstick()).isNotNull();
        });
    }

    @Test
    void livesWrittenIntoTheStoreAreProjectedAsAnyOthers(@TempDir Path folder) throws Exception {
        List<Figure> figures = new ProjectionStage().measure(course(folder));

        assertThat(figures).hasSize(2).allSatisfy(figure -> {
            assertThat(figure.median()).isPositive();
            assertThat(figure.cpuMicrosPerUnit()).containsKeys("postgres", "kafka");
        });
        assertThat(figures.getFirst().yardstick()).isNotNull();
    }
}
