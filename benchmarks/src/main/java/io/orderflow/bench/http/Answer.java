package io.orderflow.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** An HTTP/1.1 answer while it comes in: understood just far enough to know where it ends, and what its status is. */
final class Answer {

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private int bodyFrom;
    private int length;
    private boolean chunked;
    private boolean last;

    void begin() {
        buffer.clear();
        bodyFrom = 0;
        length = 0;
        chunked = false;
        last = false;
    }

    /** Reads what has come; returns whether the answer is complete. */
    boolean read(SocketChannel channel) throws IOException {
        if (channel.read(buffer) < 0) {
            throw new EOFException("the connection was closed before the answer had come");
        }
        if (bodyFrom == 0) {
            readHead();
        }
        return bodyFrom > 0 && (chunked ? endsWithLastChunk() : buffer.position() >= bodyFrom + length);
    }

    private void readHead() {
        byte[] bytes = buffer.array();
        int line = 0;
        for (int at = 0; at + 1 < buffer.position(); at++) {
            if (bytes[at] == '\r' && bytes[at + 1] == '\n') {
                if (at == line) {
                    bodyFrom = at + 2;
                    return;
                }
                readHeader(line, at);
                line = at + 2;
            }
        }
    }

    private void readHeader(int from, int to) {
        int first = buffer.array()[from] | 0x20;
        if (first != 'c' && first != 't') { // most are of no interest
            return;
        }
        String header = new String(buffer.array(), from, to - from, StandardCharsets.ISO_8859_1).toLowerCase();
        if (header.startsWith("content-length:")) {
            length = Integer.parseInt(header.substring(15).strip());
        } else if (header.startsWith("transfer-encoding:")) {
            chunked = header.endsWith("chunked");
        } else if (header.startsWith("connection:")) {
            last = header.endsWith("close");
        }
    }

    private boolean endsWithLastChunk() {
        int from = buffer.position() - LAST_CHUNK.length;
        if (from < bodyFrom) {
            return false;
        }
        for (int i = 0; i < LAST_CHUNK.length; i++) {
            if (buffer.get(from + i) != LAST_CHUNK[i]) {
                return false;
            }
        }
        return true;
    }

    /** As it stands behind {@code HTTP/1.1}. */
    int status() {
        return (buffer.get(9) - '0') * 100 + (buffer.get(10) - '0') * 10 + (buffer.get(11) - '0');
    }

    /** Whether the server closes the connection after it. */
    boolean isLast() {
        return last;
    }
}
