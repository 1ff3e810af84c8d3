package io.orderflow.bench.seed;

import io.orderflow.bench.http.HttpLoad;
import io.orderflow.bench.http.Load;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code orderflow seed}. */
@Command(
        name = "seed",
        description = "Sends random orders to a system that runs and accepts products outside of its catalogue, as the"
                + " quickstart does, and reports how fast they were accepted. Exit code 0 when all were.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Seed implements Callable<Integer> {

    private static final Duration FOR_EVER = Duration.ofDays(365);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--count", description = "orders to send", defaultValue = "1000")
    private long count;

    @Option(names = "--url", description = "where the system answers", defaultValue = "http://localhost:8080")
    private URI url = URI.create("http://localhost:8080");

    @Option(names = "--min-user", defaultValue = "1")
    private int minUser;

    @Option(names = "--max-user", defaultValue = "1000")
    private int maxUser;

    @Option(names = "--min-product", defaultValue = "1")
    private int minProduct;

    @Option(names = "--max-product", defaultValue = "100")
    private int maxProduct;

    @Option(names = "--min-quantity", defaultValue = "1")
    private int minQuantity;

    @Option(names = "--max-quantity", defaultValue = "10")
    private int maxQuantity;

    @Option(names = "--clients", description = "at once", defaultValue = "16")
    private int clients;

    @Option(names = "--rate", description = "orders a second (default: as fast as they are answered)")
    private @Nullable Double rate;

    @Option(names = "--duration", description = "seconds, instead of a count")
    private @Nullable Double seconds;

    @Option(names = "--verbose", description = "tell every answer")
    private boolean verbose;

    @Override
    public Integer call() {
        Duration length = seconds == null ? null : Duration.ofMillis((long) (seconds * 1000));
        boolean terminal = System.console() != null && System.console().isTerminal();
        Progress progress = new Progress(System.out, terminal, verbose, count, length);
        try (HttpLoad load = new HttpLoad(target(), clients, orders(), progress)) {
            long most = length == null ? count : Long.MAX_VALUE;
            Duration limit = length == null ? FOR_EVER : length;
            Load done = rate == null ? load.closed(limit, most) : load.open(rate, limit, most);
            progress.end();
            report(done);
            return done.refused() == 0 ? 0 : 1;
        }
    }

    private URI target() {
        if (!"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new ParameterException(spec.commandLine(), "--url must be like http://localhost:8080, not " + url);
        }
        return url.getPort() < 0 ? URI.create("http://" + url.getHost() + ":80") : url;
    }

    private RandomOrders orders() {
        try {
            return new RandomOrders(
                    url,
                    new Range(minUser, maxUser),
                    new Range(minProduct, maxProduct),
                    new Range(minQuantity, maxQuantity));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static void report(Load done) {
        Histogram micros = done.latencies();
        System.out.printf(
                Locale.ROOT,
                "  %,d orders accepted, %,d refused, in %.1f s: %,.0f orders/s%n",
                done.accepted(),
                done.refused(),
                done.took().toMillis() / 1000.0,
                done.accepted() * 1e9 / Math.max(1, done.took().toNanos()));
        System.out.printf(
                Locale.ROOT,
                "  answered within %.1f ms (half), %.1f ms (99 %%), %.1f ms (99.9 %%), %.1f ms (all)%n",
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0,
                micros.getValueAtPercentile(99.9) / 1000.0,
                micros.getMaxValue() / 1000.0);
        if (done.refused() > 0) {
            System.out.println("  answers by status: " + done.statuses());
        }
    }
}
