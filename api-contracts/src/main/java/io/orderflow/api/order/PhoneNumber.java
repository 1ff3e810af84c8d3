package io.orderflow.api.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Where a customer is sent text messages, in international form. Personal data: never in a log. */
public record PhoneNumber(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("\\+[0-9]{6,15}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PhoneNumber {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a phone number has the form +491701234567: a plus sign and 6 to 15 digits");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
