package io.orderflow.proof.report;

import io.orderflow.proof.books.Check;
import io.orderflow.proof.faults.Faults.Happened;
import io.orderflow.proof.load.Timeline.Second;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The report as one page for a browser, which needs nothing else: what was accepted, how fast, and what went wrong. */
public final class Html {

    private static final int WIDTH = 1200;
    private static final int CURVE = 120;
    private static final int LANE = 11;

    private Html() {}

    public static String of(Report report) {
        double seconds = Math.max(1, report.seconds().size());
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Orderflow: proof %d</title><style>
                body{font:14px system-ui,sans-serif;margin:2em auto;max-width:1240px;color:#222}
                table{border-collapse:collapse}td,th{padding:2px 10px;text-align:left;vertical-align:top}
                td.n{text-align:right}.bad{color:#b00020;font-weight:bold}.good{color:#17692a}
                svg{background:#fafafa;border:1px solid #ddd;display:block;margin:4px 0 16px}
                pre{background:#f4f4f4;padding:1em;white-space:pre-wrap}
                </style></head><body>
                <h1>Proof, seed %d: <span class="%s">%s</span></h1>
                <p>%.1f minutes of faults, %d kills %s, %,d orders accepted.</p>
                <h2>Orders accepted in each second <small>(red: refused for now; gray: not answered)</small></h2>%s
                <h2>Latency of accepted orders, ms <small>(median; slowest in light blue; logarithmic)</small></h2>%s
                <h2>What went wrong</h2>%s
                <h2>Checks</h2><table><tr><th></th><th>check</th><th>examined</th><th>offending</th><th></th></tr>%s</table>
                <h2>In words</h2><pre>%s</pre>
                </body></html>
                """.formatted(
                        report.seed(),
                        report.seed(),
                        report.passes() ? "good" : "bad",
                        report.passes() ? "all books agree" : "NOT PROVED",
                        report.length().toMillis() / 60_000.0,
                        report.killsInAll(),
                        escaped(report.kills().toString()),
                        report.accepted(),
                        load(report.seconds()),
                        latencies(report.seconds()),
                        faults(report.faults(), seconds),
                        checks(report),
                        escaped(Page.of(report)));
    }

    private static String load(List<Second> seconds) {
        double most = seconds.stream()
                .mapToDouble(second -> Math.max(second.accepted(), second.refused() + second.unanswered()))
                .max()
                .orElse(1);
        return svg(
                CURVE,
                curve(seconds, Second::unanswered, most, "#999")
                        + curve(seconds, Second::refused, most, "#c22")
                        + curve(seconds, Second::accepted, most, "#17692a")
                        + "<text x=\"4\" y=\"12\" font-size=\"11\">%.0f/s</text>".formatted(most));
    }

    private static String latencies(List<Second> seconds) {
        double most = seconds.stream().mapToDouble(Second::highest).max().orElse(1);
        double scale = Math.log10(1 + most);
        return svg(
                CURVE,
                curve(seconds, second -> Math.log10(1 + second.highest()), scale, "#9bd")
                        + curve(seconds, second -> Math.log10(1 + second.median()), scale, "#136")
                        + "<text x=\"4\" y=\"12\" font-size=\"11\">%.0f ms</text>".formatted(most));
    }

    private static String curve(List<Second> seconds, ToDoubleFunction<Second> value, double most, String color) {
        StringBuilder points = new StringBuilder();
        for (Second second : seconds) {
            double x = (double) second.second() * WIDTH / Math.max(1, seconds.size());
            double y = CURVE - 4 - value.applyAsDouble(second) / Math.max(1e-9, most) * (CURVE - 20);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        return "<polyline fill=\"none\" stroke=\"" + color + "\" points=\"" + points + "\"/>";
    }

    private static String faults(List<Happened> faults, double seconds) {
        StringBuilder bars = new StringBuilder();
        List<Duration> lanes = new ArrayList<>();
        for (Happened fault : faults) {
            int lane = freeLane(lanes, fault);
            double x = fault.began().toMillis() / 1000.0 / seconds * WIDTH;
            double width =
                    Math.max(3, (fault.ended().toMillis() - fault.began().toMillis()) / 1000.0 / seconds * WIDTH);
            bars.append(String.format(
                    Locale.ROOT,
                    "<g><title>%s, %.1f to %.1f s</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"8\" fill=\"%s\"/>"
                            + "<text x=\"%.1f\" y=\"%d\" font-size=\"8\">%s</text></g>",
                    escaped(fault.what()),
                    fault.began().toMillis() / 1000.0,
                    fault.ended().toMillis() / 1000.0,
                    x,
                    2 + lane * LANE,
                    width,
                    color(fault.what()),
                    x + width + 2,
                    9 + lane * LANE,
                    escaped(fault.what())));
        }
        return svg(6 + lanes.size() * LANE, bars.toString());
    }

    /** A lane in which also the words behind the bar have room. */
    private static int freeLane(List<Duration> lanes, Happened fault) {
        Duration end = fault.ended().plusSeconds(25);
        for (int lane = 0; lane < lanes.size(); lane++) {
            if (lanes.get(lane).compareTo(fault.began()) <= 0) {
                lanes.set(lane, end);
                return lane;
            }
        }
        lanes.add(end);
        return lanes.size() - 1;
    }

    private static String color(String fault) {
        if (fault.startsWith("kill")) {
            return "#c22";
        }
        return fault.startsWith("freeze") ? "#28c" : "#e90";
    }

    private static String svg(int height, String content) {
        return "<svg viewBox=\"0 0 %d %d\" width=\"100%%\">%s</svg>".formatted(WIDTH, height, content);
    }

    private static String checks(Report report) {
        StringBuilder rows = new StringBuilder();
        for (Check check : report.books().checks()) {
            rows.append(
                    "<tr><td class=\"%s\">%s</td><td>%s</td><td class=\"n\">%,d</td><td class=\"n\">%,d</td><td>%s</td></tr>"
                            .formatted(
                                    check.passes() ? "good" : "bad",
                                    check.passes() ? "ok" : "FAILS",
                                    escaped(check.name()),
                                    check.examined(),
                                    check.offending(),
                                    escaped(check.meaning() + (check.passes() ? "" : ": " + check.first()))));
        }
        return rows.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
