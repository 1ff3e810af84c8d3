package io.orderflow.api.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one adjustment of stock, so that sending it again does not count again. */
public record AdjustmentId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AdjustmentId {}

    @Override
    public String toString() {
        return value.toString();
    }
}
