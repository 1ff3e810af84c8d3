package io.orderflow.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.proof.report.Html;
import io.orderflow.proof.report.Json;
import io.orderflow.proof.report.Page;
import io.orderflow.proof.report.Report;
import io.orderflow.proof.system.Part.Kind;
import io.orderflow.servers.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The short form of {@code orderflow prove}; its report stands in {@code target/proof}. */
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

        Path folder = Files.createDirectories(Path.of("target", "proof"));
        Files.writeString(folder.resolve("report.txt"), Page.of(report));
        Files.writeString(folder.resolve("report.json"), Json.of(report));
        Files.writeString(folder.resolve("report.html"), Html.of(report));
        assertThat(report.passes()).as(Page.of(report)).isTrue();
        assertThat(report.kills()).containsOnlyKeys(Kind.values());
        assertThat(report.killsInAll()).isGreaterThanOrEqualTo(8);
    }
}
