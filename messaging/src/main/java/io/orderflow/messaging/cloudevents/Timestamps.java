package io.orderflow.messaging.cloudevents;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads timestamps as they are stored and published, {@code 2026-01-31T12:00:00.123456Z}: one for each event that anybody
 * reads, which by {@link Instant#parse} took a twentieth of the time in which events become rows, and more than a tenth of
 * that in which they become records.
 */
public final class Timestamps {

    private static final int SECONDS = "2026-01-31T12:00:00".length();
    private static final int FRACTION = SECONDS + 1;

    private Timestamps() {}

    /** @throws DateTimeException when it is no time */
    public static Instant parse(String text) {
        return isUsual(text) ? parseUsual(text) : Instant.parse(text);
    }

    private static boolean isUsual(String text) {
        int length = text.length();
        if (length <= SECONDS || length > FRACTION + 10 || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char expected = "0000-00-00T00:00:00.000000000".charAt(i);
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        return length != FRACTION + 1; // a point without digits
    }

    private static Instant parseUsual(String text) {
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text); // the last moment of a day, a leap second, or no time
        }
        int nanos = 0;
        for (int i = FRACTION; i < FRACTION + 9; i++) {
            nanos = nanos * 10 + (i < text.length() - 1 ? text.charAt(i) - '0' : 0);
        }
        return Instant.ofEpochSecond(day * 86_400 + hour * 3_600 + minute * 60 + second, nanos);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
