package io.orderflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningAtTest {

    @Test
    void itIsHereUnlessToldOtherwise() {
        assertThat(RunningAt.parse(List.of()).origin()).hasToString("http://localhost:8080");
        assertThat(RunningAt.parse(List.of("--port", "9000")).origin()).hasToString("http://localhost:9000");
        assertThat(RunningAt.parse(List.of("--url", "https://orders.example.org"))
                        .origin())
                .hasToString("https://orders.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--url", "--port x", "--url nowhere", "--url ftp://example.org", "--data d"})
    void nonsenseIsTold(String arguments) {
        assertThatThrownBy(() -> RunningAt.parse(List.of(arguments.split(" "))))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(arguments.split(" ")[0]);
    }

    @Test
    void whereNothingAnswersIsTold() {
        assertThatThrownBy(() -> RunningAt.parse(List.of("--port", "1")).get("/"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("nothing answers");
    }
}
