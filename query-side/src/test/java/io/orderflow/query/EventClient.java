package io.orderflow.query;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client of server-sent events, as browsers are: it keeps the last id it got, and comes back with it. */
final class EventClient implements AutoCloseable {

    /** An event as it came. */
    record Event(String id, String data) {}

    private final HttpClient client;
    private volatile URI uri;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";
    private volatile int heartbeats;
    private volatile @Nullable InputStream connection;

    EventClient(HttpClient client, URI uri) {
        this.client = client;
        this.uri = uri;
    }

    /** Connects, with the last id if there is one; returns when the answer has begun. */
    void connect() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new AssertionError(
                    answer.statusCode() + " " + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        InputStream opened = answer.body();
        connection = opened;
        Thread.ofVirtual().start(() -> read(opened));
    }

    private void read(InputStream opened) {
        String id = lastId;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(opened, StandardCharsets.UTF_8))) {
            String data = "";
            for (String line = lines.readLine(); line != null && connection == opened; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.equals(":")) {
                    heartbeats++;
                } else if (line.isEmpty() && !id.isEmpty()) {
                    keep(opened, id, data);
                    data = "";
                }
            }
        } catch (IOException e) {
            // the connection was cut: the test's affair
        }
    }

    /** Of a connection that was given up nothing is kept any more. */
    private synchronized void keep(InputStream opened, String id, String data) {
        if (connection == opened) {
            lastId = id;
            if (!data.isEmpty()) {
                events.add(new Event(id, data));
            }
        }
    }

    /** Gives the connection up in the middle of whatever it is doing. */
    void cut() throws IOException {
        InputStream open;
        synchronized (this) {
            open = connection;
            connection = null;
        }
        if (open != null) {
            open.close();
        }
    }

    /** Gives the connection up, if it is still there, and connects to another node. */
    void moveTo(URI other) throws IOException, InterruptedException {
        cut();
        uri = other;
        connect();
    }

    List<Event> events() {
        return events;
    }

    String lastId() {
        return lastId;
    }

    int heartbeats() {
        return heartbeats;
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
