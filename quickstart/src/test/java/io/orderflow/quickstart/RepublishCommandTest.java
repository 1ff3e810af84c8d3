package io.orderflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RepublishCommandTest {

    @Test
    void progressIsALineWithABarARateAndWhatIsLeft() {
        String progress = """
                {"state":"PUBLISHING","position":500,"head":1000,"lag":500}
                """;

        assertThat(RepublishCommand.line(new JsonMapper().readTree(progress), 5))
                .contains("events  [" + "#".repeat(20) + " ".repeat(20) + "]  50%")
                .contains("500 of 1,000  100/s  5 s left  PUBLISHING");
    }

    @Test
    void anEmptyStoreIsPublishedAtOnce() {
        assertThat(RepublishCommand.line(
                        new JsonMapper().readTree("{\"state\":\"PUBLISHED\",\"position\":0,\"head\":0,\"lag\":0}"), 0))
                .contains("100%")
                .contains("PUBLISHED");
    }
}
