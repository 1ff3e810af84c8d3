package io.orderflow.api.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a customer is sent text messages, in international form. Personal data: never in a log. */
public record PhoneNumber(@JsonValue String value) {

    private static final int FEWEST = 6;
    private static final int MOST = 15;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PhoneNumber {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "a phone number has the form +491701234567: a plus sign and 6 to 15 digits");
        }
    }

    // by hand: each event, command and saga is read with it, and a regular expression takes a microsecond
    private static boolean isWellFormed(String text) {
        int digits = text.length() - 1;
        if (digits < FEWEST || digits > MOST || text.charAt(0) != '+') {
            return false;
        }
        for (int i = 1; i <= digits; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "***";
    }
}
