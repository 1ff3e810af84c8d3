package io.orderflow.api.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What people call a product. 1 to 200 characters. */
public record ProductName(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProductName {
        if (value.isBlank() || value.length() > 200) {
            throw new IllegalArgumentException("a product name must have 1 to 200 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
