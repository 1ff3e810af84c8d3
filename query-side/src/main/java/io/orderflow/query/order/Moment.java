package io.orderflow.query.order;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** A point in an order's history: a time, or a version. */
sealed interface Moment {

    Pattern VERSION = Pattern.compile("[0-9]{1,9}");

    /** Whether an event of {@code version} at time {@code at} belongs to what had happened by then. */
    boolean includes(long version, Instant at);

    /** After the event of that version. */
    record Version(long version) implements Moment {
        @Override
        public boolean includes(long other, Instant at) {
            return other <= version;
        }
    }

    /** After all events of that time and before. */
    record Time(Instant time) implements Moment {
        @Override
        public boolean includes(long version, Instant at) {
            return !at.isAfter(time);
        }
    }

    /**
     * A whole number is a version, anything else an ISO 8601 time.
     *
     * @throws IllegalArgumentException when {@code text} is neither
     */
    static Moment of(String parameter, String text) {
        if (VERSION.matcher(text).matches()) {
            return new Version(Long.parseLong(text));
        }
        try {
            return new Time(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + parameter + "' must be a version such as 3 or a time such as 2026-01-31T12:00:00Z", e);
        }
    }
}
