package io.orderflow.api.shipping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The carrier's name for a parcel. */
public record TrackingNumber(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TrackingNumber {
        if (value.isBlank() || value.length() > 128) {
            throw new IllegalArgumentException("a tracking number must have 1 to 128 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
