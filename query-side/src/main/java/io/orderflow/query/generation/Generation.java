package io.orderflow.query.generation;

import io.orderflow.query.projection.ReadModel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One filling of a read model's tables.
 *
 * <pre>
 *   BUILDING --> SERVING &lt;--> KEPT --> DROPPED
 *      |  \
 *      |   +--> FAILED      (it is not what the serving one is; its tables stay until the next is built)
 *      +------> CANCELLED
 * </pre>
 *
 * @param number of it among those of its model
 * @param version of the model in the release that fills it
 * @param eventsPerSecond how fast all nodes together may fill it; null for as fast as they can
 * @param goal records there were when it was begun; null until known
 */
record Generation(
        ReadModel model,
        int number,
        int version,
        State state,
        boolean paused,
        @Nullable Integer eventsPerSecond,
        @Nullable Long goal,
        @Nullable String failure,
        Instant createdAt,
        @Nullable Instant servedAt) {

    enum State {
        BUILDING,
        SERVING,
        KEPT,
        CANCELLED,
        FAILED,
        DROPPED
    }

    static Generation read(ResultSet row, int index) throws SQLException {
        OffsetDateTime served = row.getObject("served_at", OffsetDateTime.class);
        return new Generation(
                ReadModel.valueOf(row.getString("model").toUpperCase(Locale.ROOT)),
                row.getInt("number"),
                row.getInt("version"),
                State.valueOf(row.getString("state")),
                row.getBoolean("paused"),
                row.getObject("events_per_second", Integer.class),
                row.getObject("goal", Long.class),
                row.getString("failure"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                served == null ? null : served.toInstant());
    }

    /** Its schema. */
    String schema() {
        return "query_" + model.lowerCaseName() + "_" + number;
    }

    /** Its reader: consumer group, and key of its positions and parked sequences. */
    String reader() {
        return "query-side-" + model.lowerCaseName() + "-" + number;
    }

    /** Whether it leaves room for others while it is filled. */
    boolean isThrottled() {
        return eventsPerSecond != null;
    }

    /** Whether nodes of this release have it follow its topics. */
    boolean isFed() {
        return version == model.version()
                && !paused
                && (state == State.BUILDING || state == State.SERVING || state == State.KEPT);
    }
}
