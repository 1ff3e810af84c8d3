package io.orderflow.proof;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code orderflow prove} and {@code orderflow check}. */
@Command(
        name = "orderflow",
        description = "Proves what Orderflow promises.",
        subcommands = {Prove.class, CheckBooks.class},
        mixinStandardHelpOptions = true)
final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
