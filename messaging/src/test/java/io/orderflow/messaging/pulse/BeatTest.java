package io.orderflow.messaging.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeatTest {

    private static final Beat THIRD = new Beat("a relay", 3);

    @Test
    void theNextBeatMayHaveBegunBeforeItsPredecessorWasSeen() {
        assertThat(new Beat("a relay", 3).beganAfter(THIRD)).isFalse();
        assertThat(new Beat("a relay", 4).beganAfter(THIRD)).isFalse();
        assertThat(new Beat("a relay", 5).beganAfter(THIRD)).isTrue();
    }

    @Test
    void soMayTheFirstOfAnotherRelay() {
        assertThat(new Beat("another", 1).beganAfter(THIRD)).isFalse();
        assertThat(new Beat("another", 2).beganAfter(THIRD)).isTrue();
    }

    @Test
    void andTheFirstOfAll() {
        assertThat(new Beat("a relay", 1).beganAfter(null)).isFalse();
        assertThat(new Beat("a relay", 2).beganAfter(null)).isTrue();
    }
}
