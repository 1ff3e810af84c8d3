package io.orderflow.bench.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A client's connection, on which one request at a time is under way; opened again when the server has closed it. */
final class Connection {

    private final InetSocketAddress target;
    private final Selector selector;
    private final Answer answer = new Answer();
    private SocketChannel channel;
    private boolean underWay;
    private long due;

    Connection(InetSocketAddress target, Selector selector) throws IOException {
        this.target = target;
        this.selector = selector;
        this.channel = open();
    }

    private SocketChannel open() throws IOException {
        SocketChannel opened = SocketChannel.open(target);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.configureBlocking(false);
        opened.register(selector, SelectionKey.OP_READ, this);
        return opened;
    }

    /** @param due when the request had to be sent, from which its latency counts */
    void send(ByteBuffer request, long due) throws IOException {
        this.due = due;
        underWay = true;
        answer.begin();
        while (request.hasRemaining()) { // far smaller than the socket's buffer
            channel.write(request);
        }
    }

    /** Whether the answer is complete now. */
    boolean receive() throws IOException {
        if (!underWay) { // a server closes who has not asked for a while
            openAgain();
            return false;
        }
        if (!answer.read(channel)) {
            return false;
        }
        underWay = false;
        if (answer.isLast()) {
            openAgain();
        }
        return true;
    }

    private void openAgain() throws IOException {
        channel.close();
        channel = open();
    }

    int status() {
        return answer.status();
    }

    long due() {
        return due;
    }

    void close() throws IOException {
        channel.close();
    }
}
