package io.orderflow.api.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How many pieces of a product: 1 to 1,000,000. */
public record Quantity(@JsonValue int value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Quantity {
        if (value < 1 || value > 1_000_000) {
            throw new IllegalArgumentException("a quantity must be between 1 and 1000000");
        }
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
