package io.orderflow.api.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a product. Letters, digits and {@code . _ -}, at most 64, and not of the form of a UUID: orders and products share the event store, and an id must never be both. */
public record Sku(@JsonValue String value) {

    private static final int LONGEST = 64;
    private static final int UUID_LENGTH = 36;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sku {
        if (!isWellFormed(value) || isUuid(value)) {
            throw new IllegalArgumentException(
                    "a sku must have 1 to 64 letters, digits, dots, dashes or underscores and must not look like a UUID");
        }
    }

    // by hand: each event, command and saga is read with some, and a regular expression takes a microsecond
    private static boolean isWellFormed(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isUuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean isDash = text.charAt(i) == '-';
            boolean mayBeDash = i == 8 || i == 13 || i == 18 || i == 23;
            if (isDash != mayBeDash || (!isDash && Character.digit(text.charAt(i), 16) < 0)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
