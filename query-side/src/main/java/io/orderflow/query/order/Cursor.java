package io.orderflow.query.order;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;

/**
 * The place of one order in a sorted list. It is made of what never changes in an order, so what is placed or changed
 * meanwhile moves nobody's place.
 *
 * @param key time of placing, or total in minor units
 */
record Cursor(Sorting sorting, String key, UUID orderId) {

    static Cursor at(OrderSummary order, Sorting sorting) {
        return new Cursor(
                sorting,
                sorting.isByTime() ? order.placedAt.toString() : Long.toString(order.totalAmount),
                order.orderId);
    }

    /** @throws IllegalArgumentException when {@code text} was not made by {@link #toString()} for the same sorting */
    static Cursor parse(String text, Sorting sorting) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("_", -1);
            Cursor cursor = new Cursor(Sorting.valueOf(parts[0]), parts[1], UUID.fromString(parts[2]));
            if (cursor.sorting == sorting && parts.length == 3) {
                Object unused = cursor.keyValue(); // or it is not from us
                return cursor;
            }
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "'after' and 'before' are taken from a page's 'next' and 'prev' links", e);
        }
        throw new IllegalArgumentException("'after' or 'before' is from a list that is sorted otherwise");
    }

    /** The key as its column has it. */
    Object keyValue() {
        return sorting.isByTime() ? OffsetDateTime.ofInstant(Instant.parse(key), ZoneOffset.UTC) : Long.valueOf(key);
    }

    @Override
    public String toString() {
        byte[] text = (sorting + "_" + key + "_" + orderId).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
}
