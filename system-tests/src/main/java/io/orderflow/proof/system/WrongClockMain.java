package io.orderflow.proof.system;

import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.jar.JarFile;

/** Runs a service whose events are dated by a clock that goes wrong. Arguments: the service's jar, seconds. */
final class WrongClockMain {

    private WrongClockMain() {}

    public static void main(String[] arguments) throws Exception {
        Field clock = Class.forName("org.axonframework.eventhandling.GenericEventMessage")
                .getField("clock");
        clock.set(null, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(Long.parseLong(arguments[1]))));
        try (JarFile app = new JarFile(arguments[0])) {
            String main = app.getManifest().getMainAttributes().getValue("Main-Class");
            Class.forName(main).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
    }

    /** Where this class is. */
    static Path location() {
        try {
            return Path.of(WrongClockMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
