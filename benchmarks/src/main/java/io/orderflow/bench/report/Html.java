package io.orderflow.bench.report;

import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.measure.Figure.Latency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as one page for a browser, which needs nothing else: a chart of each stage's figures, costs and latencies. */
public final class Html {

    private static final int WIDTH = 620;
    private static final int BAR = 18;
    private static final int LINE = 26;
    private static final List<String> COLORS = List.of("#17692a", "#2b6cb0", "#b7791f", "#805ad5", "#999", "#c05621");

    private Html() {}

    public static String of(Results results) {
        Map<String, List<Figure>> stages = results.figures().stream()
                .collect(Collectors.groupingBy(Figure::stage, LinkedHashMap::new, Collectors.toList()));
        StringBuilder charts = new StringBuilder();
        stages.forEach((stage, figures) -> charts.append("<h2>")
                .append(escaped(stage))
                .append("</h2>")
                .append(rates(figures))
                .append(latencies(figures))
                .append(costs(figures)));
        Environment environment = results.environment();
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Orderflow: benchmarks</title><style>
                body{font:14px system-ui,sans-serif;margin:2em auto;max-width:1120px;color:#222}
                svg{background:#fafafa;border:1px solid #ddd;display:block;margin:4px 0 12px}
                svg text{font:12px system-ui,sans-serif}h3{font-size:13px;margin:6px 0 0;font-weight:normal;color:#555}
                pre{background:#f4f4f4;padding:1em;white-space:pre-wrap}
                </style></head><body>
                <h1>Orderflow: benchmarks</h1>
                <p>%s<br>%s, commit %s, Java %s, Kafka %s<br>%s<br><code>%s</code></p>
                %s<h2>In words</h2><pre>%s</pre>
                </body></html>
                """.formatted(
                        escaped(environment.machine()),
                        environment.at(),
                        escaped(environment.commit()),
                        escaped(environment.java()),
                        escaped(environment.kafka()),
                        escaped(environment.settings()),
                        escaped(environment.command()),
                        charts,
                        escaped(Page.of(results)));
    }

    /** Medians as bars, a thin line from the lowest to the highest round, the yardstick in gray. */
    private static String rates(List<Figure> figures) {
        double most = figures.stream()
                .mapToDouble(figure -> Math.max(
                        figure.max(),
                        figure.yardstick() == null ? 0 : figure.yardstick().value()))
                .max()
                .orElse(1);
        List<String> rows = new ArrayList<>();
        for (Figure figure : figures) {
            String value = Page.number(figure.median()) + " " + figure.unit();
            rows.add(row(
                    figure.variant(),
                    bar(0, figure.median() / most, COLORS.getFirst()) + range(figure.min() / most, figure.max() / most),
                    value));
        }
        figures.stream()
                .map(Figure::yardstick)
                .filter(yardstick -> yardstick != null)
                .distinct()
                .forEach(yardstick -> rows.add(row(
                        yardstick.name(), bar(0, yardstick.value() / most, "#bbb"), Page.number(yardstick.value()))));
        return svg(rows);
    }

    private static String latencies(List<Figure> figures) {
        List<String> rows = new ArrayList<>();
        double most = figures.stream()
                .map(Figure::latency)
                .filter(latency -> latency != null)
                .mapToDouble(Latency::p999)
                .max()
                .orElse(0);
        for (Figure figure : figures) {
            Latency latency = figure.latency();
            if (latency != null) {
                rows.add(row(
                        figure.variant(),
                        bar(0, scaled(latency.p999(), most), "#cde")
                                + bar(0, scaled(latency.p99(), most), "#7ab")
                                + bar(0, scaled(latency.p50(), most), "#245"),
                        String.format(
                                Locale.ROOT, "%.1f / %.1f / %.1f ms", latency.p50(), latency.p99(), latency.p999())));
            }
        }
        return rows.isEmpty() ? "" : "<h3>answered within, ms: half, 99 %, 99.9 % (logarithmic)</h3>" + svg(rows);
    }

    private static double scaled(double millis, double most) {
        return Math.log10(1 + 10 * millis) / Math.log10(1 + 10 * most);
    }

    private static String costs(List<Figure> figures) {
        double most = figures.stream().mapToDouble(Html::sum).max().orElse(0);
        if (most == 0) {
            return "";
        }
        List<String> rows = new ArrayList<>();
        for (Figure figure : figures) {
            rows.add(row(figure.variant(), stacked(figure, most), String.format(Locale.ROOT, "%.0f µs", sum(figure))));
        }
        String legend = figures.getFirst().cpuMicrosPerUnit().keySet().stream()
                .map(name -> "<span style=\"color:%s\">&#9632; %s</span>"
                        .formatted(color(figures.getFirst(), name), escaped(name)))
                .collect(Collectors.joining(" "));
        return "<h3>processor time of one, µs: " + legend + "</h3>" + svg(rows);
    }

    private static String stacked(Figure figure, double most) {
        StringBuilder bars = new StringBuilder();
        double from = 0;
        for (Map.Entry<String, Double> cost : figure.cpuMicrosPerUnit().entrySet()) {
            bars.append(bar(from / most, cost.getValue() / most, color(figure, cost.getKey())));
            from += cost.getValue();
        }
        return bars.toString();
    }

    private static String color(Figure figure, String name) {
        int place = List.copyOf(figure.cpuMicrosPerUnit().keySet()).indexOf(name);
        return COLORS.get(Math.floorMod(place, COLORS.size()));
    }

    private static double sum(Figure figure) {
        return figure.cpuMicrosPerUnit().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static String bar(double from, double width, String color) {
        return String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"4\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                from * WIDTH,
                width * WIDTH,
                BAR,
                color);
    }

    private static String range(double from, double to) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"13\" y2=\"13\" stroke=\"#000\"/>",
                from * WIDTH,
                to * WIDTH);
    }

    private static String row(String label, String bars, String value) {
        return "<text x=\"4\" y=\"17\">%s</text><g transform=\"translate(330 0)\">%s</g><text x=\"%d\" y=\"17\">%s</text>"
                .formatted(escaped(label), bars, 330 + WIDTH + 6, escaped(value));
    }

    private static String svg(List<String> rows) {
        StringBuilder svg = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            svg.append("<g transform=\"translate(0 %d)\">%s</g>".formatted(i * LINE, rows.get(i)));
        }
        return "<svg width=\"1110\" height=\"%d\">%s</svg>".formatted(rows.size() * LINE + 4, svg);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
