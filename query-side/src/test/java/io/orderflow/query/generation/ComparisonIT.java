package io.orderflow.query.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.query.QuerySideTest;
import io.orderflow.query.generation.Comparison.Seen;
import io.orderflow.query.generation.Generation.State;
import io.orderflow.query.projection.ReadModel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two generations of figures, with rows as readers would have written them. */
@QuerySideTest
@TestPropertySource(properties = "orderflow.query.generations.keep=1h")
class ComparisonIT {

    private static final String SAME = "00000000-0000-0000-0000-000000000001";
    private static final String BEHIND = "00000000-0000-0000-0000-000000000002";
    private static final String LATER = "00000000-0000-0000-0000-000000000003";

    @Autowired
    Comparison comparison;

    @Autowired
    Generations generations;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager manager;

    private Generation current;
    private Generation next;

    @BeforeEach
    void twoGenerations() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> generations.serving(ReadModel.STATISTICS).isPresent());
        current = serving();
        generations.begin(ReadModel.STATISTICS);
        await().atMost(Duration.ofMinutes(1)).until(() -> serving().number() > current.number());
        next = serving();
        current = generations.find(ReadModel.STATISTICS, current.number()).orElseThrow();
        assertThat(current.state()).isEqualTo(State.KEPT);
        empty();
        count(current, SAME, 5);
        count(next, SAME, 5);
        count(current, BEHIND, 4);
    }

    /** So that the next rebuild is taken into service. */
    @AfterEach
    void empty() {
        for (Generation each : List.of(current, next)) {
            jdbc.sql("delete from " + each.schema() + ".counted_order").update();
            jdbc.sql("delete from " + each.schema() + ".hourly_figure").update();
        }
    }

    @Test
    void whatDifferedIsLookedAtAgain() {
        Seen seen = comparison.all(current, next);
        assertThat(seen.different()).containsExactly(BEHIND);
        assertThatThrownBy(() -> now(seen))
                .isInstanceOf(Comparison.Differs.class)
                .hasMessageContaining("1 rows");

        count(next, BEHIND, 4);

        assertThat(now(seen)).containsExactly(BEHIND);
    }

    @Test
    void whatWasWrittenSinceIsLookedAtAgain() {
        count(next, BEHIND, 4);
        Seen seen = comparison.all(current, next);
        assertThat(seen.different()).isEmpty();

        count(next, LATER, 0);
        assertThat(now(seen)).as("told, should only the new one have it").containsExactly(LATER);

        jdbc.sql("update " + current.schema() + ".counted_order set version = 6 where order_id = ?::uuid")
                .param(SAME)
                .update();
        assertThatThrownBy(() -> now(seen))
                .isInstanceOf(Comparison.Differs.class)
                .hasMessageContaining("1 rows");
    }

    @Test
    void figuresOfMoreEventsThanWereReadAreNoticed() {
        jdbc.sql("insert into " + next.schema() + ".hourly_figure (hour, measure, category, number, amount)"
                        + " values ('2026-01-01T10:00:00Z', 'placed', 'EUR', 3, 0)")
                .update();

        count(next, BEHIND, 4);
        Seen seen = comparison.all(current, next);

        assertThatThrownBy(() -> now(seen))
                .isInstanceOf(Comparison.Differs.class)
                .hasMessageContaining("3 events more");
    }

    private Generation serving() {
        return generations
                .serving(ReadModel.STATISTICS)
                .flatMap(serving -> generations.find(ReadModel.STATISTICS, serving.number()))
                .orElseThrow();
    }

    private Set<String> now(Seen seen) {
        return new TransactionTemplate(manager).execute(status -> comparison.now(current, next, seen));
    }

    private void count(Generation generation, String order, long version) {
        jdbc.sql("insert into " + generation.schema() + ".counted_order values (?::uuid, now(), ?)")
                .param(order)
                .param(version)
                .update();
    }
}
