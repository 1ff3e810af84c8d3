package io.orderflow.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code orderflow bench}. */
@Command(
        name = "orderflow",
        description = "Measures Orderflow.",
        subcommands = {Bench.class},
        mixinStandardHelpOptions = true)
final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
