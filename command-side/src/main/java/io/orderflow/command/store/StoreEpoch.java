package io.orderflow.command.store;

import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Names this life of the store. A store that was restored keeps it: what it lacks is brought back from the topics. */
public final class StoreEpoch implements Supplier<UUID> {

    private final JdbcClient jdbc;
    private volatile UUID epoch = new UUID(0, 0);

    public StoreEpoch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public UUID get() {
        UUID known = epoch;
        if (known.getMostSignificantBits() == 0) {
            known = jdbc.sql("select epoch from store_epoch").query(UUID.class).single();
            epoch = known;
        }
        return known;
    }
}
