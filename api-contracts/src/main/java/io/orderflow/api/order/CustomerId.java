package io.orderflow.api.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Who orders: the name by which the caller's system knows its customer. At most 128 characters. */
public record CustomerId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CustomerId {
        if (value.isBlank() || value.length() > 128) {
            throw new IllegalArgumentException("a customer id must have 1 to 128 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
