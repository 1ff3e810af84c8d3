package io.orderflow.query.generation;

import io.orderflow.query.generation.Generation.State;
import io.orderflow.query.projection.ReadModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The generations there are: tables {@code generation} and {@code serving}, through which nodes agree. */
@Component
class Generations {

    private static final String OF = " WHERE model = :model AND number = :number";

    private final JdbcClient jdbc;

    Generations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The generation that writes the change feed, and the one to go back to. */
    record Serving(int number, @Nullable Integer previous) {}

    List<Generation> all(ReadModel model) {
        return jdbc.sql("SELECT * FROM generation WHERE model = ? ORDER BY number")
                .param(model.lowerCaseName())
                .query(Generation::read)
                .list();
    }

    Optional<Generation> find(ReadModel model, int number) {
        return jdbc.sql("SELECT * FROM generation" + OF)
                .param("model", model.lowerCaseName())
                .param("number", number)
                .query(Generation::read)
                .optional();
    }

    /** Locks a generation against everything but its readers. */
    Optional<Generation> lock(ReadModel model, int number) {
        return jdbc.sql("SELECT * FROM generation" + OF + " FOR NO KEY UPDATE")
                .param("model", model.lowerCaseName())
                .param("number", number)
                .query(Generation::read)
                .optional();
    }

    Optional<Serving> serving(ReadModel model) {
        return jdbc.sql("SELECT number, previous FROM serving WHERE model = ?")
                .param(model.lowerCaseName())
                .query((row, i) -> new Serving(row.getInt(1), row.getObject(2, Integer.class)))
                .optional();
    }

    /** The newest generation of this release's version that is or was complete. */
    Optional<Generation> newestComplete(ReadModel model) {
        return all(model).reversed().stream()
                .filter(generation -> generation.version() == model.version())
                .filter(generation -> generation.state() == State.SERVING || generation.state() == State.KEPT)
                .min((one, other) -> Boolean.compare(other.state() == State.SERVING, one.state() == State.SERVING));
    }

    /** What is being built for this release's version. */
    Optional<Generation> building(ReadModel model) {
        return all(model).stream()
                .filter(generation -> generation.version() == model.version() && generation.state() == State.BUILDING)
                .findFirst();
    }

    /** Begins the next generation, unless one is being built already. Two requests at once begin one. */
    void begin(ReadModel model) {
        jdbc.sql("INSERT INTO generation (model, number, version, state)"
                        + " SELECT :model, coalesce(max(number), 0) + 1, :version, 'BUILDING' FROM generation"
                        + " WHERE model = :model ON CONFLICT DO NOTHING")
                .param("model", model.lowerCaseName())
                .param("version", model.version())
                .update();
    }

    /**
     * Brings a generation from the state it was read in to another.
     *
     * @return false when it is in another state by now; nothing is changed then
     */
    boolean become(Generation generation, State state, @Nullable String failure) {
        return jdbc.sql("UPDATE generation SET state = :state, failure = :failure,"
                                + " served_at = CASE WHEN :state = 'SERVING' THEN now() ELSE served_at END,"
                                + " ended_at = CASE WHEN :state IN ('KEPT', 'CANCELLED', 'FAILED', 'DROPPED') THEN now() END"
                                + OF + " AND state = :known")
                        .param("state", state.name())
                        .param("failure", failure)
                        .param("known", generation.state().name())
                        .param("model", generation.model().lowerCaseName())
                        .param("number", generation.number())
                        .update()
                == 1;
    }

    void serve(ReadModel model, int number, @Nullable Integer previous) {
        jdbc.sql("INSERT INTO serving (model, number, previous) VALUES (:model, :number, :previous)"
                        + " ON CONFLICT (model) DO UPDATE SET number = excluded.number, previous = excluded.previous")
                .param("model", model.lowerCaseName())
                .param("number", number)
                .param("previous", previous)
                .update();
    }

    void setPaused(Generation generation, boolean paused) {
        update(generation, "paused", paused);
    }

    void setEventsPerSecond(Generation generation, @Nullable Integer eventsPerSecond) {
        update(generation, "events_per_second", eventsPerSecond);
    }

    void setGoal(Generation generation, long records) {
        update(generation, "goal", records);
    }

    /** Only while it is being built: what serves is neither paused nor slowed down. */
    private void update(Generation generation, String column, @Nullable Object value) {
        jdbc.sql("UPDATE generation SET " + column + " = :value" + OF + " AND state = 'BUILDING'")
                .param("value", value)
                .param("model", generation.model().lowerCaseName())
                .param("number", generation.number())
                .update();
    }

    /** Those whose tables nobody needs any more: no batch of theirs can still be under way. */
    List<Generation> unneeded(Duration keep, Duration longestBatch) {
        return jdbc.sql(
                        "SELECT g.* FROM generation g WHERE (state IN ('KEPT', 'FAILED') AND ended_at < now() - make_interval(secs => ?)"
                                + " OR state = 'CANCELLED' AND ended_at < now() - make_interval(secs => ?))"
                                + " AND to_regnamespace('query_' || model || '_' || number) IS NOT NULL")
                .param((double) keep.toSeconds())
                .param((double) longestBatch.toSeconds())
                .query(Generation::read)
                .list();
    }
}
