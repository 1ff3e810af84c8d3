package io.orderflow.command.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network between a client and a server that breaks on demand: it can swallow the server's answers to the next
 * requests and cut the connection instead, or let nobody through.
 */
public final class CuttableProxy implements AutoCloseable {

    // a data row of one empty column (the void of pg_notify) and the tag of its statement; no other statement has that,
    // and both come in one packet here
    private static final String RESULT_OF_INSERT = "D\0\0\0\n\0\1\0\0\0\0" + "C\0\0\0\rSELECT 1";

    private final ServerSocket listener;
    private final String url;
    private final String host;
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger answersToSwallow = new AtomicInteger();
    private volatile boolean down;
    private volatile boolean downAtAnswer;

    /** @param jdbcUrl of the server behind it */
    public CuttableProxy(String jdbcUrl) throws IOException {
        URI server = URI.create(jdbcUrl.substring("jdbc:".length()));
        this.url = jdbcUrl;
        this.host = server.getHost();
        this.port = server.getPort();
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The way to the server through this. */
    public String jdbcUrl() {
        return url.replace(host + ":" + port, "127.0.0.1:" + listener.getLocalPort());
    }

    /** The next {@code count} answers to stored events do not arrive; the connection ends instead. */
    public void swallowAnswers(int count) {
        answersToSwallow.set(count);
    }

    public int answersLeftToSwallow() {
        return answersToSwallow.get();
    }

    /** The next answer to stored events does not arrive, nor does anything after it. */
    public void goDownAtNextAnswer() {
        downAtAnswer = true;
        swallowAnswers(1);
    }

    public void down() {
        down = true;
        sockets.forEach(CuttableProxy::closeQuietly);
    }

    public void up() {
        downAtAnswer = false;
        down = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (down) {
                    closeQuietly(client);
                    continue;
                }
                Socket server = new Socket(host, port);
                sockets.add(client);
                sockets.add(server);
                if (down) { // since it was looked at, and these were not among those that were closed
                    closeQuietly(client);
                    closeQuietly(server);
                    continue;
                }
                Thread.ofVirtual().start(() -> copy(client, server, false));
                Thread.ofVirtual().start(() -> copy(server, client, true));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void copy(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[65536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (answers && isResultOfInsert(buffer, read) && takeOne()) {
                    if (downAtAnswer) {
                        down();
                    }
                    return; // the server has committed, the client never hears of it
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one side is gone: so is the connection
        }
    }

    private static boolean isResultOfInsert(byte[] buffer, int length) {
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(RESULT_OF_INSERT);
    }

    private boolean takeOne() {
        return answersToSwallow.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        down();
    }
}
