package io.orderflow.bench.seed;

import io.orderflow.bench.http.Answers;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows on one line of a terminal how far it is; elsewhere it says so at each tenth. */
final class Progress implements Answers {

    private static final int WIDTH = 30;
    private static final long REDRAW = Duration.ofMillis(200).toNanos();

    private final PrintStream out;
    private final boolean terminal;
    private final boolean verbose;
    private final long count;
    private final @Nullable Duration length;
    private final long began = System.nanoTime();
    private long answered;
    private long drawnAt;
    private int tenth;

    /**
     * @param terminal whether lines can be drawn over
     * @param verbose whether every answer is told
     * @param count of orders, where no length is given
     */
    Progress(PrintStream out, boolean terminal, boolean verbose, long count, @Nullable Duration length) {
        this.out = out;
        this.terminal = terminal;
        this.verbose = verbose;
        this.count = count;
        this.length = length;
    }

    @Override
    public void answered(int status, long micros) {
        answered++;
        if (verbose) {
            out.printf(Locale.ROOT, "%8d  %d  %.1f ms%n", answered, status, micros / 1000.0);
        } else {
            draw(System.nanoTime());
        }
    }

    private void draw(long now) {
        double share = length == null ? (double) answered / count : (double) (now - began) / length.toNanos();
        double shown = Math.min(1, share);
        if (terminal && (now - drawnAt > REDRAW || shown >= 1)) {
            drawnAt = now;
            int full = (int) (WIDTH * shown);
            out.printf("\r  [%s%s] %s", "#".repeat(full), ".".repeat(WIDTH - full), figures(shown, now));
        } else if (!terminal && (int) (shown * 10) > tenth) {
            tenth = (int) (shown * 10);
            out.println("  " + figures(shown, now));
        }
    }

    private String figures(double share, long now) {
        return String.format(
                Locale.ROOT, "%3.0f %%  %,d orders, %,.0f/s ", share * 100, answered, answered * 1e9 / (now - began));
    }

    void end() {
        if (terminal && !verbose) {
            out.println();
        }
    }
}
