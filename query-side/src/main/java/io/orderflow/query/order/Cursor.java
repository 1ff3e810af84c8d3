package io.orderflow.query.order;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;

/** The place of one order in the list of all, newest first. Placing orders meanwhile moves nobody's place. */
record Cursor(Instant placedAt, UUID orderId) {

    static final Sort NEWEST_FIRST = Sort.by("placedAt", "orderId").descending();

    static Cursor behind(OrderSummary order) {
        return new Cursor(order.placedAt, order.orderId);
    }

    /** @throws IllegalArgumentException when {@code text} was not made by {@link #toString()} */
    static Cursor parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("_", -1);
            return new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("'after' is not from a page's 'next' link", e);
        }
    }

    KeysetScrollPosition position() {
        return ScrollPosition.forward(Map.of("placedAt", placedAt, "orderId", orderId));
    }

    @Override
    public String toString() {
        byte[] text = (placedAt + "_" + orderId).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
}
