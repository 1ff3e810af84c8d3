package io.orderflow.api.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Where a customer is written to. Personal data: stands only in values of this type, and never in a log. */
public record EmailAddress(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[^\\s@]{1,64}@[^\\s@.]+(\\.[^\\s@.]+)*");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EmailAddress {
        if (value.length() > 254 || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an e-mail address has the form name@example.org and at most 254 characters");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
