package io.orderflow.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.proof.report.Page;
import io.orderflow.proof.report.Report;
import io.orderflow.proof.system.Part.Kind;
import io.orderflow.servers.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The short form of {@code orderflow prove}. */
class ProofIT {

    private static final long SEED = Long.getLong("orderflow.proof.seed", 7);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("orderflow.proof.seconds", 120));

    @Test
    void whateverIsKilledNothingIsLostAndNothingIsDoneTwice() throws Exception {
        Report report = new Proof(
                        new Proof.Settings(
                                Path.of(".."),
                                TestServers.temporaryFolder(),
                                LENGTH,
                                SEED,
                                24,
                                60,
                                Duration.ofSeconds(90)),
                        System.out::println)
                .prove();

        assertThat(report.passes()).as(Page.of(report)).isTrue();
        assertThat(report.kills()).containsOnlyKeys(Kind.values());
        assertThat(report.killsInAll()).isGreaterThanOrEqualTo(8);
    }
}
