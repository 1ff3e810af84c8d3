package io.orderflow.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.command.relay.ReadAhead.Batch;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

    private final BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
    private final ReadAhead batches = new ReadAhead(index -> {
        asked.add(index);
        if (index == 13) {
            throw new IllegalStateException("the store is away");
        }
        return new Batch(List.of(), index + 1);
    });

    @AfterEach
    void close() {
        batches.close();
    }

    @Test
    void whatWasReadAheadIsNotReadAgain() throws InterruptedException {
        assertThat(batches.after(5).last()).isEqualTo(6);
        batches.begin(6);
        assertThat(batches.after(6).last()).isEqualTo(7);
        assertThat(batches.after(6).last()).as("given once only").isEqualTo(7);

        assertThat(asked).containsExactly(5L, 6L, 6L);
    }

    @Test
    void itIsReadAnewWhenSomebodyHasMovedThePosition() throws InterruptedException {
        batches.begin(6);

        assertThat(batches.after(2).last()).isEqualTo(3);
        assertThat(batches.after(6).last()).isEqualTo(7);
        assertThat(asked).contains(2L);
    }

    @Test
    void aFailureIsToldToWhoAsks() {
        batches.begin(13);

        assertThatThrownBy(() -> batches.after(13)).hasMessage("the store is away");
    }
}
