package io.orderflow.command.recovery;

import static io.orderflow.command.store.TestStore.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.command.relay.Relay;
import io.orderflow.command.relay.RelayProperties;
import io.orderflow.command.store.GroupCommitEventStorageEngine;
import io.orderflow.command.store.StoreEpoch;
import io.orderflow.command.store.StoreUnavailable;
import io.orderflow.command.store.TestStore;
import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.KafkaSettings;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store whose last events are gone, as after the restoration of a backup, while Kafka has them. */
class StoreRecoveryIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String ALL =
            "select row(global_index, event_identifier, aggregate_identifier, sequence_number, type, time_stamp,"
                    + " payload_type, payload_revision, payload, convert_from(meta_data, 'UTF8')::jsonb)::text"
                    + " from domain_event_entry order by global_index";

    private final KafkaServer kafka = KafkaServer.start(TestServers.temporaryFolder());
    private final KafkaClients clients =
            new KafkaClients(new KafkaSettings(kafka.bootstrapServers(), 12, (short) -1, Map.of()));
    private final TestStore store = new TestStore();
    private final GroupCommitEventStorageEngine engine = store.engine();
    private Relay relay = relay(store);

    @BeforeEach
    void publishBeforeAndAfterTheBackup() {
        relay.start();
        append("before", 30);
        awaitPublished();
        store.jdbc()
                .sql("create table backup as select * from domain_event_entry")
                .update();
        store.jdbc()
                .sql("create table backed_up_position as select * from relay_position")
                .update();
        append("after", 30);
        engine.appendEvents(event("before-0", 1)); // a later event of an order that the backup has
        awaitPublished();
        relay.stop();
    }

    @AfterEach
    void stop() throws Exception {
        relay.stop();
        store.close();
        kafka.close();
    }

    private Relay relay(TestStore of) {
        return new Relay(
                of.connections(),
                of.engine(),
                clients,
                new CloudEventConverter(new ContractSerializer(), new StoreEpoch(of.jdbc())),
                new RelayProperties(50, Duration.ZERO, Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(10)),
                new SimpleMeterRegistry());
    }

    private void append(String name, int count) {
        IntStream.range(0, count).forEach(i -> engine.appendEvents(event(name + "-" + i, 0)));
    }

    private void awaitPublished() {
        await().atMost(SOON)
                .until(() -> store.jdbc()
                        .sql("select position = (select max(global_index) from domain_event_entry) from relay_position")
                        .query(Boolean.class)
                        .single());
    }

    private List<String> stored() {
        return store.jdbc().sql(ALL).query(String.class).list();
    }

    private void restoreTheBackup() {
        for (String statement : List.of(
                "truncate domain_event_entry restart identity",
                "insert into domain_event_entry select * from backup",
                "update relay_position set position = (select position from backed_up_position)",
                "alter table domain_event_entry alter column global_index restart with 31")) {
            store.jdbc().sql(statement).update();
        }
    }

    private void restart() {
        relay = relay(store);
        relay.start();
    }

    private Recovered recover() throws Exception {
        return new StoreRecovery(store.connections(), clients, System.out::println).recover();
    }

    private String held() {
        return store.jdbc()
                .sql("select coalesce(held, '') from store_epoch")
                .query(String.class)
                .single();
    }

    @Test
    void aRestoredStoreTakesNothingInUntilEverythingThatItLacksIsBackAsItWas() throws Exception {
        List<String> before = stored();
        restoreTheBackup();
        restart();
        assertThat(held()).contains("it does not have event");
        assertThatThrownBy(() -> append("refused", 1))
                .as("by the database, whatever the node knows")
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("held");

        assertThat(recover()).isEqualTo(new Recovered(31, 0));
        assertThat(stored()).isEqualTo(before);
        assertThat(recover()).as("again").isEqualTo(new Recovered(0, 0));

        append("later", 10);
        awaitPublished();
        assertThat(stored()).hasSize(71).startsWith(before.toArray(String[]::new));
        assertThat(held()).isEmpty();
    }

    @Test
    void whatWasStoredBeforeAnybodyNoticedComesBehind() throws Exception {
        List<String> before = stored();
        restoreTheBackup();
        append("unnoticed", 5);

        assertThat(recover()).isEqualTo(new Recovered(31, 5));
        assertThat(stored()).hasSize(66).startsWith(before.toArray(String[]::new));
        restart();
        awaitPublished();
        assertThat(held()).isEmpty();
    }

    @Test
    void aStoreThatHasDecidedOtherwiseMeanwhileIsLeftAsItIs() {
        restoreTheBackup();
        engine.appendEvents(event("before-0", 1));
        List<String> before = stored();

        assertThatThrownBy(this::recover)
                .isInstanceOf(CannotRecover.class)
                .hasMessageContaining("before-0, version 1")
                .hasMessageContaining("Nothing was changed");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void aStoreThatIsLostAltogetherIsMadeAnewFromTheTopics() throws Exception {
        try (TestStore empty = new TestStore()) {
            Relay other = relay(empty);
            other.start();
            other.stop();
            assertThat(empty.jdbc()
                            .sql("select held from store_epoch")
                            .query(String.class)
                            .single())
                    .contains("it does not have event");

            assertThat(new StoreRecovery(empty.connections(), clients, System.out::println).recover())
                    .isEqualTo(new Recovered(61, 0));
            assertThat(empty.jdbc().sql(ALL).query(String.class).list()).isEqualTo(stored());
            assertThat(new StoreEpoch(empty.jdbc()).get()).isEqualTo(new StoreEpoch(store.jdbc()).get());
        }
    }
}
