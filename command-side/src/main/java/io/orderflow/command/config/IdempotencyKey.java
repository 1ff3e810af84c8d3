package io.orderflow.command.config;

import org.jspecify.annotations.Nullable;

/** The value of the {@code Idempotency-Key} header. At most 255 characters. */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    private IdempotencyKey() {}

    /** @throws InvalidRequest when the key is blank or too long */
    public static @Nullable String checked(@Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > 255)) {
            throw new InvalidRequest("invalid", "an Idempotency-Key must have 1 to 255 characters");
        }
        return key;
    }
}
