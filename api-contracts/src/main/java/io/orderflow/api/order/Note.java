package io.orderflow.api.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a person wrote about an order. Personal data: never in a log. At most 500 characters. */
public record Note(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Note {
        if (value.isBlank() || value.length() > 500) {
            throw new IllegalArgumentException("a note must have 1 to 500 characters");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
