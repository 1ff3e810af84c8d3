package io.orderflow.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.serialization.ContractSerializer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** A writer whose database does not answer, and in whose queue there is one place. */
class GroupWriterTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final GroupWriter writer = new GroupWriter(
            new PostgresConnections("jdbc:postgresql://127.0.0.1:1/nowhere", null, null),
            new StoreProperties(Duration.ofSeconds(1), 1, 1000, DataSize.ofKilobytes(256), 100),
            meters);

    @AfterEach
    void close() {
        writer.close();
    }

    private static Append append(String aggregate) {
        return new Append(
                EventRow.of(List.of(TestStore.event(aggregate, 0)), new ContractSerializer()), Duration.ofSeconds(1));
    }

    @Test
    void whoFindsTheQueueFullIsRefusedAtOnceAndNothingOfItIsStored() {
        Append inHand = append("a");
        Append inTheQueue = append("b");
        Append tooMany = append("c");
        writer.submit(inHand);
        await().until(() -> meters.get("orderflow.store.waiting").gauge().value() == 0);
        writer.submit(inTheQueue);

        assertThatThrownBy(() -> writer.submit(tooMany))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("too many");
        assertThat(tooMany.claim()).as("nobody has taken it").isTrue();
    }

    @Test
    void whoseTimeIsUpIsToldThatNothingWasStored() {
        Append late = append("late");

        assertThatThrownBy(() -> writer.append(late))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("nothing was stored");
        assertThat(late.claim()).as("nobody takes it any more").isFalse();
    }

    @Test
    void afterItIsClosedNothingIsTaken() {
        assertThatCode(writer::close).doesNotThrowAnyException();
        assertThatThrownBy(() -> writer.submit(append("late")))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("shutting down");
    }
}
