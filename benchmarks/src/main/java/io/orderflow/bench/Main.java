package io.orderflow.bench;

import io.orderflow.bench.history.WriteHistory;
import io.orderflow.bench.seed.Seed;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code orderflow bench}, {@code orderflow seed} and {@code orderflow history}. */
@Command(
        name = "orderflow",
        description = "Measures Orderflow, and puts load on it.",
        subcommands = {Bench.class, Seed.class, WriteHistory.class},
        mixinStandardHelpOptions = true)
final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
