package io.orderflow.bench.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What the rounds of one measurement come to.
 *
 * @param stage such as {@code accept}
 * @param variant what is special about it, such as {@code 64 clients}
 * @param unit of median, min and max, such as {@code orders/s}
 * @param latency null where nobody waits
 * @param cpuMicrosPerUnit processor time by process, median of the rounds
 * @param bytesPerUnit allocated by each service, median of the rounds
 * @param yardstick to compare it with; null where there is none
 */
public record Figure(
        String stage,
        String variant,
        String unit,
        double median,
        double min,
        double max,
        @Nullable Latency latency,
        Map<String, Double> cpuMicrosPerUnit,
        Map<String, Double> bytesPerUnit,
        @Nullable Yardstick yardstick) {

    /** Milliseconds within which half, 99 of 100 and 999 of 1000 were answered, all rounds together; and the slowest. */
    public record Latency(double p50, double p99, double p999, double max) {

        private static Latency of(Histogram micros) {
            return new Latency(
                    micros.getValueAtPercentile(50) / 1000.0,
                    micros.getValueAtPercentile(99) / 1000.0,
                    micros.getValueAtPercentile(99.9) / 1000.0,
                    micros.getMaxValue() / 1000.0);
        }
    }

    /**
     * What the same machine did with the same data in the same run when nothing of ours stood in between.
     *
     * @param name what it did
     * @param value in the figure's unit, median of its rounds
     */
    public record Yardstick(String name, double value) {

        /** How many times this {@code figure} is. */
        public double ratio(Figure figure) {
            return figure.median / value;
        }
    }

    /** How many units a second. */
    public static Figure rate(String stage, String variant, String unit, List<Round> rounds) {
        return new Figure(
                stage,
                variant,
                unit + "/s",
                median(rounds, Round::rate),
                rounds.stream().mapToDouble(Round::rate).min().orElseThrow(),
                rounds.stream().mapToDouble(Round::rate).max().orElseThrow(),
                latency(rounds),
                each(rounds, Round::cpuMicrosPerUnit),
                each(rounds, Round::bytesPerUnit),
                null);
    }

    /** Something that is no rate: durations, sizes. */
    public static Figure of(String stage, String variant, String unit, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return new Figure(
                stage,
                variant,
                unit,
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast(),
                null,
                Map.of(),
                Map.of(),
                null);
    }

    /** The same, with something more that is special about it. */
    public Figure on(String more) {
        return new Figure(
                stage,
                variant + ", " + more,
                unit,
                median,
                min,
                max,
                latency,
                cpuMicrosPerUnit,
                bytesPerUnit,
                yardstick);
    }

    public Figure beside(@Nullable Yardstick found) {
        return new Figure(stage, variant, unit, median, min, max, latency, cpuMicrosPerUnit, bytesPerUnit, found);
    }

    private static @Nullable Latency latency(List<Round> rounds) {
        Histogram all = new Histogram(3);
        for (Round round : rounds) {
            if (round.latencies() != null) {
                all.add(round.latencies());
            }
        }
        return all.getTotalCount() == 0 ? null : Latency.of(all);
    }

    private static Map<String, Double> each(List<Round> rounds, Function<Round, Map<String, Double>> amounts) {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (String name : amounts.apply(rounds.getFirst()).keySet()) {
            medians.put(name, median(rounds, round -> amounts.apply(round).getOrDefault(name, 0.0)));
        }
        return medians;
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        List<Double> sorted = rounds.stream().map(value::applyAsDouble).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
