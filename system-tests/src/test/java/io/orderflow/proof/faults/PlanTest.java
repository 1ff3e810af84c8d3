package io.orderflow.proof.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.proof.faults.Plan.Step;
import io.orderflow.proof.faults.ProcessFaults.Kill;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    private static final Duration LENGTH = Duration.ofMinutes(10);

    @Test
    void theSameSeedGivesTheSamePlan() {
        assertThat(Plan.of(42, LENGTH)).isEqualTo(Plan.of(42, LENGTH)).isNotEqualTo(Plan.of(43, LENGTH));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void tenMinutesKillSixtyTimesAndTryEverything(long seed) {
        List<Step> plan = Plan.of(seed, LENGTH);

        assertThat(kills(plan)).isGreaterThanOrEqualTo(60);
        assertThat(plan).extracting(Step::fault).contains(DatabaseFaults.values());
        assertThat(plan)
                .extracting(step -> step.fault().getClass().getSimpleName())
                .contains(
                        "Freeze", "Stop", "AddNode", "MoveWithoutDatabase", "WrongClock", "StalledStore", "TopicsAnew");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void twoMinutesKillEveryKindOfProcess(long seed) {
        List<Step> plan = Plan.of(seed, Duration.ofMinutes(2));

        Set<String> killed = new HashSet<>();
        plan.stream()
                .map(Step::fault)
                .filter(Kill.class::isInstance)
                .forEach(kill -> kill.parts().forEach(part -> killed.add(part.replaceAll("-[0-9]", ""))));
        assertThat(killed).containsExactlyInAnyOrder("postgres", "kafka", "command-side", "saga", "query-side");
        assertThat(kills(plan)).isGreaterThanOrEqualTo(8);
    }

    @Test
    void allIsOverWhenThePlanIs() {
        assertThat(Plan.of(1, LENGTH))
                .allSatisfy(step -> assertThat(step.at().plus(step.lasts())).isLessThanOrEqualTo(LENGTH));
    }

    private static int kills(List<Step> plan) {
        return plan.stream()
                .map(Step::fault)
                .filter(Kill.class::isInstance)
                .mapToInt(kill -> kill.parts().size())
                .sum();
    }
}
