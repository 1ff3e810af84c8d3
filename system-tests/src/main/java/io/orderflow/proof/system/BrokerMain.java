package io.orderflow.proof.system;

import io.orderflow.servers.KafkaServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A broker as a program: folder and port are its arguments. Ends with whoever started it. */
final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        KafkaServer server = KafkaServer.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        while (System.in.read() >= 0) {
            // nobody writes; the end of the stream is the end of our parent
        }
        System.exit(0);
    }
}
