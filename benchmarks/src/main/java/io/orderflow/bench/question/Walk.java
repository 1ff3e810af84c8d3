package io.orderflow.bench.question;

import io.orderflow.proof.load.Client;
import io.orderflow.proof.load.Client.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Somebody who turns the pages of the whole list, one after the other. */
public final class Walk {

    private static final int PAGE = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI querySide;
    private final Client client = new Client(PATIENCE);
    private final List<String> places = new ArrayList<>();
    private final Histogram first = new Histogram(3);
    private final Histogram last = new Histogram(3);

    public Walk(URI querySide) {
        this.querySide = querySide;
    }

    /**
     * Turns so many pages.
     *
     * @param measured of them, at the beginning and at the end
     */
    public void turn(int pages, int measured) {
        String next = "/api/orders?limit=" + PAGE;
        for (int page = 0; page < pages && !next.isEmpty(); page++) {
            long began = System.nanoTime();
            Answer answer = client.send(querySide, "GET", next, null, Map.of());
            long micros = (System.nanoTime() - began) / 1000;
            if (answer.status() != 200) {
                throw new IllegalStateException("page " + page + " cannot be read: " + answer);
            }
            next = answer.at("/next");
            if (page < measured) {
                first.recordValue(micros);
            } else if (page >= pages - measured) {
                last.recordValue(micros);
                if (!next.isEmpty()) {
                    places.add(next);
                }
            }
        }
    }

    /** Microseconds of the first pages. */
    public Histogram first() {
        return first;
    }

    /** Microseconds of the last pages. */
    public Histogram last() {
        return last;
    }

    /** To go on from where the last pages end. */
    public Question farInside() {
        return new Question("far inside", places);
    }
}
