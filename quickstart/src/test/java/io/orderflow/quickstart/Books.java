package io.orderflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.proof.books.Check;
import io.orderflow.proof.books.Quiet;
import io.orderflow.proof.books.Reconciler;
import io.orderflow.proof.books.Reconciler.Outcome;
import io.orderflow.proof.books.Sources;
import io.orderflow.servers.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the parts of a quickstart have on record, compared by the proof's own reconciler. */
final class Books {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sources sources;

    Books(String database, String broker) {
        sources = Sources.inOneDatabase(database, PostgresServer.USER, "", broker);
    }

    /** Waits until nothing is under way any more. */
    void awaitQuiet(Duration patience) throws SQLException {
        assertThat(Quiet.await(sources, patience, System.out::println))
                .as("under way")
                .isEmpty();
    }

    /** Checks that all books agree, and that each of {@code accepted} is in them. */
    void check(Set<UUID> accepted) throws SQLException {
        Outcome outcome = new Reconciler(sources, true, PATIENCE, System.out::println).reconcile();
        assertThat(outcome.books().checks().stream()
                        .filter(check -> !check.passes())
                        .map(Check::toString)
                        .collect(Collectors.joining("\n")))
                .as("books that do not agree")
                .isEmpty();
        assertThat(outcome.stories().keySet())
                .as("orders in the store")
                .containsAll(accepted.stream().map(UUID::toString).toList());
    }
}
