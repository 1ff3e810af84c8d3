package io.orderflow.api.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names a product. Letters, digits and {@code . _ -}, at most 64, and not of the form of a UUID: orders and products share the event store, and an id must never be both. */
public record Sku(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sku {
        if (!FORM.matcher(value).matches() || UUID_FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a sku must have 1 to 64 letters, digits, dots, dashes or underscores and must not look like a UUID");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
