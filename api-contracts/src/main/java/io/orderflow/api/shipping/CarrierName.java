package io.orderflow.api.shipping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Who brings a parcel, as customers know it. */
public record CarrierName(@JsonValue String value) {

    /** The only carrier there was when shipments did not name theirs. */
    public static final CarrierName FIRST = new CarrierName("Simulated carrier");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CarrierName {
        if (value.isBlank() || value.length() > 128) {
            throw new IllegalArgumentException("a carrier's name must have 1 to 128 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
