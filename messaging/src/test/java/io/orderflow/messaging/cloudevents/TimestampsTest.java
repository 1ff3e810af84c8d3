package io.orderflow.messaging.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private final Random random = new Random(17);

    @Test
    void whatAnInstantIsWrittenAsIsReadAsThatInstant() {
        long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        for (int i = 0; i < 100_000; i++) {
            long unit = (long) Math.pow(10, random.nextInt(10));
            Instant instant =
                    Instant.ofEpochSecond(random.nextLong(first, last), random.nextLong(1_000_000_000) / unit * unit);
            assertThat(Timestamps.parse(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:00:00.1Z",
                "2026-01-31T12:00:00.12345Z",
                "2024-02-29T23:59:59.999999999Z",
                "2026-01-31T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2026-01-31T13:00:00+01:00",
                "-0001-01-31T12:00:00Z",
                "+12026-01-31T12:00:00Z"
            })
    void whatElseIsATimeIsReadToo(String text) {
        assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-01-31",
                "2026-01-31T12:00:00",
                "2026-01-31T12:00:00.1",
                "2026-01-31 12:00:00Z",
                "2026-02-30T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-01-31T12:60:00Z",
                "2026-01-31T12:00:61Z",
                "2026-01-31T25:00:00Z",
                "2026-01-31T12:00:00.1234567890Z",
                "2026-01-31T12:00:0٣Z"
            })
    void whatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
