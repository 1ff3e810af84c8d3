package io.orderflow.query.order;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events on one connection. What is written blocks while the client does not read, up to the server's limit. */
final class EventStream {

    private final OutputStream out;

    /** Begins the answer. */
    EventStream(HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // proxies of the nginx family pass events on at once then
        out = response.getOutputStream();
        response.flushBuffer();
    }

    /** Tells the client what to resume with, before anything has happened. */
    void resumeWith(String id) throws IOException {
        write("id: " + id + "\n\n");
    }

    /** One event; {@code json} has no line breaks. */
    void send(String id, String json) throws IOException {
        write("id: " + id + "\ndata: " + json + "\n\n");
    }

    /** Keeps the connection open through proxies, and finds out whether the client is still there. */
    void heartbeat() throws IOException {
        write(":\n\n");
    }

    void flush() throws IOException {
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
