package io.orderflow.messaging.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.servers.TestServers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** As PostgreSQL understands it, on connections that send it in binary, and on those that do not ({@code ""}). */
class BinaryArrayIT {

    private static final String DATABASE = TestServers.newDatabase();

    private static JdbcClient connected(String binary) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(DATABASE);
        source.setUser(TestServers.databaseUser());
        source.setPassword(TestServers.databasePassword());
        source.setBinaryTransferEnable(binary);
        return JdbcClient.create(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {BinaryArray.TYPES, ""})
    void idsArrive(String binary) {
        List<UUID> ids = List.of(new UUID(0, 0), new UUID(-1, -1), UUID.randomUUID(), new UUID(1, Long.MIN_VALUE));

        assertThat(arrived(binary, ids)).isEqualTo(ids);
        assertThat(arrived(binary, List.of())).isEmpty();
    }

    private static List<UUID> arrived(String binary, List<UUID> ids) {
        return connected(binary)
                .sql("SELECT * FROM unnest(?::uuid[])")
                .param(BinaryArray.uuids(ids, id -> id))
                .query(UUID.class)
                .list();
    }

    @ParameterizedTest
    @ValueSource(strings = {BinaryArray.TYPES, ""})
    void timesArriveRoundedAsIfTheyWereText(String binary) {
        List<Instant> times = List.of(
                Instant.EPOCH,
                Instant.parse("2000-01-01T00:00:00Z"),
                Instant.parse("1999-12-31T23:59:59.999999499Z"),
                Instant.parse("1999-12-31T23:59:59.999999501Z"),
                Instant.parse("2026-11-28T12:00:00.1234565Z"),
                Instant.parse("2026-11-28T12:00:00.123456999Z"),
                Instant.parse("9999-12-31T23:59:59.999999Z"));

        int same = connected(binary)
                .sql("SELECT count(*) FROM unnest(?::timestamptz[], ?::text[]) AS r (time, text)"
                        + " WHERE r.time = r.text::timestamptz")
                .param(BinaryArray.times(times, time -> time))
                .param(times.stream().map(Instant::toString).toArray(String[]::new))
                .query(Integer.class)
                .single();

        assertThat(same).isEqualTo(times.size());
    }
}
