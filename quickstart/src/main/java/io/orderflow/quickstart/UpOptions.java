package io.orderflow.quickstart;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What {@code up} was asked for.
 *
 * @param data folder of everything that is kept
 * @param port of the front door; 0 chooses a free one
 * @param untilReady whether to stop as soon as everything is ready
 */
public record UpOptions(Path data, int port, boolean untilReady) {

    private static final int DEFAULT_PORT = 8080;

    /** @throws CannotStart when an option is unknown or has no sensible value */
    static UpOptions parse(List<String> arguments) {
        Path data = Path.of("data");
        int port = DEFAULT_PORT;
        boolean untilReady = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--data" -> data = folder(value(option, rest));
                case "--port" -> port = port(value(option, rest));
                case "--until-ready" -> untilReady = true;
                default -> throw new CannotStart("unknown option " + option + "; try: orderflow help");
            }
        }
        return new UpOptions(data, port, untilReady);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new CannotStart(option + " needs a value; try: orderflow help");
        }
        return rest.next();
    }

    private static Path folder(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CannotStart("--data " + text + " is not the name of a folder");
        }
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new CannotStart("--port " + text + " is not a port: use a number from 0 to 65535");
    }
}
