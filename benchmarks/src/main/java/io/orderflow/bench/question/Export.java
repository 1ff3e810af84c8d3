package io.orderflow.bench.question;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Everything at once, as NDJSON. */
public final class Export {

    private final URI querySide;

    public Export(URI querySide) {
        this.querySide = querySide;
    }

    /** Reads all of it; returns how many orders it told of. */
    public long read() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(querySide.resolve("/api/orders/export")).build();
        try (HttpClient http = HttpClient.newHttpClient();
                InputStream body =
                        http.send(request, BodyHandlers.ofInputStream()).body()) {
            long lines = 0;
            byte[] buffer = new byte[64 << 10];
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        lines++;
                    }
                }
            }
            return lines;
        }
    }
}
