package io.orderflow.bench.http;

/** Is told each answer when it is complete. */
@FunctionalInterface
public interface Answers {

    /** @param micros from when the request was due */
    void answered(int status, long micros);
}
