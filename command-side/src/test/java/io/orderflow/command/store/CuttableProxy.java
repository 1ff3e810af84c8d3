package io.orderflow.command.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network between a client and a server that breaks on demand: it can swallow the server's answers to the next
 * requests and cut the connection instead, or let nobody through.
 */
final class CuttableProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger answersToSwallow = new AtomicInteger();
    private volatile boolean down;

    CuttableProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next {@code count} answers with a command's result do not arrive; the connection ends instead. */
    void swallowAnswers(int count) {
        answersToSwallow.set(count);
    }

    int answersLeftToSwallow() {
        return answersToSwallow.get();
    }

    void down() {
        down = true;
        sockets.forEach(CuttableProxy::closeQuietly);
    }

    void up() {
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
                    return; // the server has committed, the client never hears of it
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one side is gone: so is the connection
        }
    }

    // a data row (the void of pg_notify) and the tag of the statement; both come in one packet here
    private static boolean isResultOfInsert(byte[] buffer, int length) {
        return new String(buffer, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1).contains("SELECT 1");
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
