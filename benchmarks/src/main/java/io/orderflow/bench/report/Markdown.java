package io.orderflow.bench.report;

import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Figure.Latency;
import io.orderflow.bench.measure.Figure.Yardstick;
import java.util.List;
import java.util.Locale;

/** The results as the page that stands beside the sources. */
public final class Markdown {

    private Markdown() {}

    public static String of(Results results) {
        StringBuilder page = new StringBuilder("# What was measured\n\n");
        append(page, results.environment());
        appendRates(page, results.figures());
        appendCosts(page, results.figures());
        appendYardsticks(page, results.figures());
        return page.toString();
    }

    private static void append(StringBuilder page, Environment environment) {
        line(page, "| | |");
        line(page, "|---|---|");
        line(page, "| machine | %s; PostgreSQL, Kafka, services and load tool all on it |", environment.machine());
        line(page, "| at | %s, commit %s |", environment.at(), environment.commit());
        line(page, "| versions | Java %s, Kafka %s, PostgreSQL 18 |", environment.java(), environment.kafka());
        line(page, "| settings | %s |", environment.settings());
        line(page, "| command | `%s` |", environment.command());
        line(page, "");
    }

    private static void appendRates(StringBuilder page, List<Figure> figures) {
        line(page, "## Figures");
        line(page, "");
        line(page, "Median of the rounds, and the lowest and highest of them. Latencies are of all rounds together.");
        line(page, "");
        line(page, "| stage | | median | lowest to highest | p50 ms | p99 ms | p99.9 ms |");
        line(page, "|---|---|---:|---:|---:|---:|---:|");
        for (Figure figure : figures) {
            line(
                    page,
                    "| %s | %s | **%s %s** | %s to %s | %s |",
                    figure.stage(),
                    figure.variant(),
                    Page.number(figure.median()),
                    figure.unit(),
                    Page.number(figure.min()),
                    Page.number(figure.max()),
                    latency(figure));
        }
        line(page, "");
    }

    private static String latency(Figure figure) {
        Latency latency = figure.latency();
        return latency == null
                ? " | |"
                : String.format(Locale.ROOT, "%.1f | %.1f | %.1f", latency.p50(), latency.p99(), latency.p999());
    }

    private static void appendCosts(StringBuilder page, List<Figure> figures) {
        line(page, "## Costs of one order, or event");
        line(page, "");
        line(page, "| stage | | processor time, µs | allocated, kB |");
        line(page, "|---|---|---|---|");
        figures.stream()
                .filter(figure -> !figure.cpuMicrosPerUnit().isEmpty())
                .forEach(figure -> line(
                        page,
                        "| %s | %s | %s | %s |",
                        figure.stage(),
                        figure.variant(),
                        Page.amounts(figure.cpuMicrosPerUnit(), 1),
                        Page.amounts(figure.bytesPerUnit(), 1000)));
        line(page, "");
    }

    private static void appendYardsticks(StringBuilder page, List<Figure> figures) {
        line(page, "## Yardsticks of the same run");
        line(page, "");
        line(page, "| stage | | yardstick | its rate | ratio |");
        line(page, "|---|---|---|---:|---:|");
        for (Figure figure : figures) {
            Yardstick yardstick = figure.yardstick();
            if (yardstick != null) {
                line(
                        page,
                        "| %s | %s | %s | %s | %.2f |",
                        figure.stage(),
                        figure.variant(),
                        yardstick.name(),
                        Page.number(yardstick.value()),
                        yardstick.ratio(figure));
            }
        }
    }

    private static void line(StringBuilder page, String format, Object... values) {
        page.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
