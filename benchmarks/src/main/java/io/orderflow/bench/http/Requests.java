package io.orderflow.bench.http;

import java.nio.ByteBuffer;

/** Whole requests, head and body, ready to be sent. */
@FunctionalInterface
public interface Requests {

    /** The next one, read to its end before the one after it is asked for. */
    ByteBuffer next();
}
