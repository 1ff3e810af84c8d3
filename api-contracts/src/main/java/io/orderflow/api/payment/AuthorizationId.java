package io.orderflow.api.payment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The payment provider's name for an amount it holds for us until it is captured or voided. */
public record AuthorizationId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AuthorizationId {
        if (value.isBlank() || value.length() > 128) {
            throw new IllegalArgumentException("an authorization id must have 1 to 128 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
