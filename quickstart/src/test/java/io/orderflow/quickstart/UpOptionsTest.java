package io.orderflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpOptionsTest {

    @Test
    void withoutOptionsTheDataStandHereAndThePortIs8080() {
        assertThat(UpOptions.parse(List.of())).isEqualTo(new UpOptions(Path.of("data"), 8080, false));
    }

    @Test
    void folderAndPortCanBeChosen() {
        assertThat(UpOptions.parse(List.of("--port", "9000", "--data", "elsewhere")))
                .isEqualTo(new UpOptions(Path.of("elsewhere"), 9000, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port x", "--port 70000", "--port", "--data", "--colour blue"})
    void whatMakesNoSenseIsRefusedInOneLine(String line) {
        assertThatThrownBy(() -> UpOptions.parse(List.of(line.split(" ", -1))))
                .isInstanceOf(CannotStart.class)
                .message()
                .isNotBlank()
                .hasLineCount(1);
    }
}
