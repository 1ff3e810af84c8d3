package io.orderflow.bench.report;

import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Figure.Latency;
import io.orderflow.bench.measure.Figure.Yardstick;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results for a terminal. */
public final class Page {

    private Page() {}

    public static String of(Results results) {
        StringBuilder page = new StringBuilder("\n");
        results.figures().forEach(figure -> append(page, figure));
        Environment environment = results.environment();
        return page.append("  ")
                .append(environment.machine())
                .append('\n')
                .append("  commit ")
                .append(environment.commit())
                .append(", Java ")
                .append(environment.java())
                .append(", Kafka ")
                .append(environment.kafka())
                .append('\n')
                .toString();
    }

    private static void append(StringBuilder page, Figure figure) {
        line(
                page,
                "  %-11s %-28s %s %s  (%s to %s)",
                figure.stage(),
                figure.variant(),
                number(figure.median()),
                figure.unit(),
                number(figure.min()),
                number(figure.max()));
        Latency latency = figure.latency();
        if (latency != null) {
            line(
                    page,
                    "    answered within  %.1f ms (half), %.1f ms (99 %%), %.1f ms (99.9 %%), %.1f ms (all)",
                    latency.p50(),
                    latency.p99(),
                    latency.p999(),
                    latency.max());
        }
        if (!figure.cpuMicrosPerUnit().isEmpty()) {
            line(page, "    processor        %s µs each", amounts(figure.cpuMicrosPerUnit(), 1));
        }
        if (!figure.bytesPerUnit().isEmpty()) {
            line(page, "    allocated        %s kB each", amounts(figure.bytesPerUnit(), 1000));
        }
        Yardstick yardstick = figure.yardstick();
        if (yardstick != null) {
            line(
                    page,
                    "    yardstick        %s: %s; ratio %.2f",
                    yardstick.name(),
                    number(yardstick.value()),
                    yardstick.ratio(figure));
        }
    }

    /** For people: no more decimals than are worth reading. */
    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%,.2f" : "%,.0f", value);
    }

    static String amounts(Map<String, Double> amounts, double divisor) {
        return amounts.entrySet().stream()
                .map(amount -> String.format(Locale.ROOT, "%s %.1f", amount.getKey(), amount.getValue() / divisor))
                .collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder page, String format, Object... values) {
        page.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
