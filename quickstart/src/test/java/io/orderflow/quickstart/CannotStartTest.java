package io.orderflow.quickstart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.servers.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CannotStartTest {

    private final Path folder = TestServers.temporaryFolder();

    @Test
    void onATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(new UpOptions(folder, taken.getLocalPort(), false), "is taken");
        }
    }

    @Test
    void inAFolderThatIsInUse() {
        try (DataFolder inUse = DataFolder.lock(folder)) {
            assertRefused(new UpOptions(folder, 0, false), inUse + " is in use");
        }
    }

    @Test
    void inAFolderThatCannotBeMade() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertRefused(new UpOptions(file.resolve("data"), 0, false), "cannot write to the data folder");
    }

    private static void assertRefused(UpOptions options, String reason) {
        assertThatThrownBy(() -> {
                    try (Orderflow started = Orderflow.up(options, line -> {})) {
                        throw new AssertionError("started at " + started.origin());
                    }
                })
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(reason)
                .message()
                .hasLineCount(1);
    }
}
