package io.orderflow.bench.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * {@code POST /api/orders/batch}, over a connection of its own. Answers are read while lines are still sent: the service
 * reads no further when nobody reads its answers.
 */
public final class Batch {

    private static final String PLACED = "\"PLACED\"";

    private final URI target;
    private final byte[] request;
    private final int orders;

    /** @param lines one order each, ending with a line break */
    public Batch(URI target, String lines) {
        byte[] body = lines.getBytes(StandardCharsets.UTF_8);
        // of HTTP 1.0, so that the answer is not cut into chunks
        String head = """
                POST /api/orders/batch HTTP/1.0\r
                Host: localhost\r
                Content-Type: application/x-ndjson\r
                Content-Length: %d\r
                \r
                """.formatted(body.length);
        this.target = target;
        this.orders = (int) lines.chars().filter(letter -> letter == '\n').count();
        this.request = (head + lines).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns how many orders were placed: all of them.
     *
     * @throws IOException when one was not
     */
    public int place() throws IOException, InterruptedException {
        try (Socket socket = new Socket(target.getHost(), target.getPort())) {
            OutputStream out = socket.getOutputStream();
            FutureTask<Void> sending = new FutureTask<>(() -> {
                out.write(request);
                return null;
            });
            Thread.ofVirtual().start(sending);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            int placed = count(socket.getInputStream(), answer);
            sending.get();
            if (placed != orders) {
                throw new IOException("only %d of %d orders were placed; of the others, the first: %s"
                        .formatted(placed, orders, firstRefused(answer)));
            }
            return placed;
        } catch (ExecutionException e) {
            throw new IOException("a batch could not be sent", e.getCause());
        }
    }

    private static String firstRefused(ByteArrayOutputStream answer) {
        return answer.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("{") && !line.contains(PLACED))
                .findFirst()
                .orElse("is not answered");
    }

    /** @param copy gets what was read */
    private static int count(InputStream answer, ByteArrayOutputStream copy) throws IOException {
        Sought ok = new Sought("HTTP/1.1 200");
        Sought placed = new Sought(PLACED);
        byte[] buffer = new byte[64 << 10];
        int read = answer.read(buffer);
        if (read < 0) {
            throw new EOFException("the connection was closed before the answer had come");
        }
        if (ok.in(buffer, read) == 0) {
            throw new IOException(new String(buffer, 0, Math.min(read, 200), StandardCharsets.UTF_8));
        }
        int found = 0;
        while (read >= 0) {
            copy.write(buffer, 0, read);
            found += placed.in(buffer, read);
            read = answer.read(buffer);
        }
        return found;
    }

    /** Text that is looked for in what comes in pieces; its first letter must not occur in it again before its end. */
    private static final class Sought {

        private final byte[] text;
        private int matched;

        Sought(String text) {
            this.text = text.getBytes(StandardCharsets.US_ASCII);
        }

        int in(byte[] bytes, int length) {
            int found = 0;
            for (int i = 0; i < length; i++) {
                matched = bytes[i] == text[matched] ? matched + 1 : bytes[i] == text[0] ? 1 : 0;
                if (matched == text.length) {
                    matched = 0;
                    found++;
                }
            }
            return found;
        }
    }
}
