package io.orderflow.api.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a customer is written to. Personal data: stands only in values of this type, and never in a log. */
public record EmailAddress(@JsonValue String value) {

    private static final int LONGEST = 254;
    private static final int LONGEST_NAME = 64;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EmailAddress {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "an e-mail address has the form name@example.org and at most 254 characters");
        }
    }

    // by hand: each event, command and saga is read with it, and a regular expression takes a microsecond
    private static boolean isWellFormed(String text) {
        int at = text.indexOf('@');
        return at > 0
                && text.codePointCount(0, at) <= LONGEST_NAME
                && text.length() <= LONGEST
                && hasNoBlank(text)
                && isDomain(text, at + 1);
    }

    private static boolean hasNoBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                return false;
            }
        }
        return true;
    }

    /** Names between dots, none of them empty. */
    private static boolean isDomain(String text, int from) {
        char before = '.';
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '@' || (c == '.' && before == '.')) {
                return false;
            }
            before = c;
        }
        return before != '.';
    }

    @Override
    public String toString() {
        return "***";
    }
}
