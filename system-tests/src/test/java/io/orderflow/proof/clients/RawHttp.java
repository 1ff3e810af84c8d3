package io.orderflow.proof.clients;

import io.orderflow.proof.clients.Mischief.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends what decent clients refuse to send: over a plain socket, one request to a connection. */
final class RawHttp {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI address;

    RawHttp(URI address) {
        this.address = address;
    }

    /** @param status 0 when the connection was closed without one */
    record Answer(int status, String text) {}

    Answer send(Request request) {
        try (Socket socket = connect()) {
            try {
                OutputStream out = socket.getOutputStream();
                out.write(head(request).getBytes(StandardCharsets.ISO_8859_1));
                out.write(request.body());
                out.flush();
            } catch (IOException e) {
                // refused before all was sent: the answer stands nevertheless
                return read(socket);
            }
            return read(socket);
        } catch (IOException e) {
            return new Answer(0, "");
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) PATIENCE.toMillis());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private String head(Request request) {
        StringBuilder head = new StringBuilder();
        head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(address.getAuthority()).append("\r\nConnection: close\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(request.body().length).append("\r\n\r\n");
        return head.toString();
    }

    /** A live stream is answered when it has begun. */
    private static boolean isEndless(ByteArrayOutputStream answer) {
        return answer.size() <= 8192 && answer.toString(StandardCharsets.UTF_8).contains("text/event-stream");
    }

    private static Answer read(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            InputStream answer = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int read = answer.read(buffer); read >= 0; read = answer.read(buffer)) {
                all.write(buffer, 0, read);
                if (isEndless(all)) {
                    break;
                }
            }
        } catch (IOException e) {
            // closed with our unread bytes under way: what came before counts
            if (all.size() == 0) {
                throw e;
            }
        }
        String text = all.toString(StandardCharsets.UTF_8);
        boolean answered = text.startsWith("HTTP/1.1 ") && text.length() > 12;
        return new Answer(answered ? Integer.parseInt(text.substring(9, 12)) : 0, text);
    }
}
