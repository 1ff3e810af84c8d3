package io.orderflow.query.projection;

import io.orderflow.messaging.database.BinaryArray;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows turned into the arrays of an {@code unnest}. */
public final class Columns {

    private Columns() {}

    public static <T> @Nullable String[] texts(Collection<T> rows, Function<T, @Nullable Object> column) {
        @Nullable String[] texts = new String[rows.size()];
        int next = 0;
        for (T row : rows) {
            Object value = column.apply(row);
            texts[next++] = value == null ? null : value.toString();
        }
        return texts;
    }

    public static <T> Long[] numbers(Collection<T> rows, Function<T, Number> column) {
        Long[] numbers = new Long[rows.size()];
        int next = 0;
        for (T row : rows) {
            numbers[next++] = column.apply(row).longValue();
        }
        return numbers;
    }

    public static <T> BinaryArray ids(Collection<T> rows, Function<T, UUID> column) {
        return BinaryArray.uuids(rows, column);
    }

    /** @param column ids as the framework has them: UUIDs as text */
    public static <T> BinaryArray textIds(Collection<T> rows, Function<T, String> column) {
        return BinaryArray.uuids(rows, row -> UUID.fromString(column.apply(row)));
    }

    public static <T> BinaryArray times(Collection<T> rows, Function<T, Instant> column) {
        return BinaryArray.times(rows, column);
    }
}
