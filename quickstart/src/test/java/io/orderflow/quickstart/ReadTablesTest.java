package io.orderflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReadTablesTest {

    private static String missing(String generations) {
        return ReadTables.missing(new JsonMapper().readTree(generations));
    }

    @Test
    void nothingIsMissingWhenEachProjectionHasTablesThatServe() {
        assertThat(missing("""
                [{"projection":"orders","state":"SERVING"},{"projection":"orders","state":"BUILDING"},
                 {"projection":"products","state":"KEPT"},{"projection":"products","state":"SERVING"}]
                """)).isEmpty();
    }

    @Test
    void tellsHowFarTheNewestIsOfAProjectionThatHasNone() {
        assertThat(missing("""
                [{"projection":"orders","state":"SERVING"},{"projection":"products","state":"CANCELLED","done":7,"total":9},
                 {"projection":"products","state":"BUILDING","done":1200,"total":3400}]
                """)).isEqualTo("products: 1,200 of 3,400 events");
    }
}
