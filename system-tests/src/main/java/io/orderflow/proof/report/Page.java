package io.orderflow.proof.report;

import io.orderflow.proof.books.Check;
import io.orderflow.proof.faults.Faults.Happened;
import io.orderflow.proof.load.Timeline.Second;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report as a page of text. */
public final class Page {

    private Page() {}

    public static String of(Report report) {
        StringBuilder page = new StringBuilder();
        line(page, "");
        line(
                page,
                "PROOF  seed %d, %.1f minutes of faults, %.1f minutes in all",
                report.seed(),
                report.length().toMillis() / 60_000.0,
                report.took().toMillis() / 60_000.0);
        line(page, "");
        line(page, "kills  %d: %s", report.killsInAll(), report.kills());
        line(page, "faults %d: %s", report.faults().size(), kinds(report));
        report.faults().stream()
                .filter(fault -> fault.failure() != null)
                .forEach(fault -> line(page, "       NOT CARRIED OUT: %s: %s", fault.what(), fault.failure()));
        line(page, "nodes  ended by themselves, and were started again: %d", report.unplannedExits());
        line(
                page,
                "load   %,d orders accepted, %,d requests refused for now, %,d not answered, %,d questions answered",
                report.accepted(),
                report.seconds().stream().mapToLong(Second::refused).sum(),
                report.seconds().stream().mapToLong(Second::unanswered).sum(),
                report.seconds().stream().mapToLong(Second::reads).sum());
        line(
                page,
                "       accepted within %.0f ms (median), %.0f ms (99 of 100), %.0f ms (all)",
                report.latencies().half(),
                report.latencies().most(),
                report.latencies().all());
        if (!report.left().isEmpty()) {
            line(page, "LEFT   still under way when patience was over: %s", report.left());
        }
        line(page, "");
        for (Check check : report.books().checks()) {
            line(page, "%s", check);
        }
        line(page, "");
        report.books().notes().forEach((what, count) -> line(page, "note  %-36s %,10d", what, count));
        line(page, "");
        line(page, "%s", report.passes() ? "PROVED: all books agree." : "NOT PROVED.");
        return page.toString();
    }

    private static String kinds(Report report) {
        Map<String, Long> kinds = report.faults().stream()
                .collect(Collectors.groupingBy(Page::kind, TreeMap::new, Collectors.counting()));
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " x " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    /** A fault without the nodes that it happened to. */
    private static String kind(Happened fault) {
        return fault.what().replaceAll("(command-side|saga|query-side)-[0-9]", "$1");
    }

    private static void line(StringBuilder page, String format, Object... values) {
        page.append("  ").append(format.formatted(values)).append('\n');
    }
}
