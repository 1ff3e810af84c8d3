package io.orderflow.command.relay;

import io.orderflow.command.store.GroupCommitEventStorageEngine;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The relay's position as anybody sees it, whichever node publishes. */
@Component
class RelayPosition {

    private static final String PROGRESS = """
            select position, coalesce((select max(global_index) from domain_event_entry), 0) as head,
                exists (select from pg_locks where locktype = 'advisory' and objsubid = 1 and granted
                    and database = (select oid from pg_database where datname = current_database())
                    and classid::bigint << 32 | objid::bigint = :lock) as led,
                (select held from store_epoch) as held
            from relay_position
            """;

    private final JdbcClient jdbc;

    RelayPosition(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Progress progress() {
        return jdbc.sql(PROGRESS)
                .param("lock", RelaySession.RELAY_LOCK)
                .query((row, number) -> Progress.of(
                        row.getBoolean("led"), row.getLong("position"), row.getLong("head"), row.getString("held")))
                .single();
    }

    /** Has everything published again. What the relay is publishing just then does not move the position on. */
    void moveToTheBeginning() {
        jdbc.sql("with moved as (update relay_position set position = 0) select pg_notify(?, '')")
                .param(GroupCommitEventStorageEngine.COMMITS)
                .query((row, number) -> true)
                .single();
    }
}
