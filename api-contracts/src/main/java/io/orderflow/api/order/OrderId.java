package io.orderflow.api.order;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Names an order, for ever and everywhere. */
public record OrderId(@JsonValue UUID value) {

    private static final UUID NAMESPACE = UUID.fromString("0f0e5a5c-6f2c-5d0b-9b0f-6f72646572ff");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrderId {}

    /** @throws IllegalArgumentException when {@code text} is not a UUID */
    public static OrderId of(String text) {
        try {
            return new OrderId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("an order id must be a UUID", e);
        }
    }

    /**
     * The order that {@code subject} means by {@code key}: the same two always name the same order, so that a request
     * can be repeated safely. A UUID of version 5 (RFC 9562, section 5.5).
     */
    public static OrderId of(String subject, String key) {
        // the length in front keeps ("a", "bc") and ("ab", "c") apart
        return new OrderId(nameBased(subject.length() + ":" + subject + key));
    }

    private static UUID nameBased(String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .flip());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & ~0xF000L) | 0x5000L;
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
