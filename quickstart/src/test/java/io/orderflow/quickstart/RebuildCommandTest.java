package io.orderflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RebuildCommandTest {

    @Test
    void progressIsALineWithABar() {
        String progress = """
                {"projection":"orders","generation":2,"state":"BUILDING","done":500,"total":1000,"rate":100,"secondsLeft":5}
                """;

        assertThat(RebuildCommand.line(new JsonMapper().readTree(progress)))
                .contains("orders 2  [" + "#".repeat(20) + " ".repeat(20) + "]  50%")
                .contains("100/s  5 s left  BUILDING");
    }

    @Test
    void anEmptyTopicIsDoneAtOnce() {
        assertThat(RebuildCommand.line(new JsonMapper()
                        .readTree("{\"projection\":\"orders\",\"state\":\"SERVING\",\"done\":0,\"total\":0}")))
                .contains("100%");
    }

    @Test
    void whatToRebuildMustBeSaid() {
        assertThatThrownBy(() -> RebuildCommand.run(List.of("--port", "1"), System.out))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("orders, products or statistics");
    }
}
