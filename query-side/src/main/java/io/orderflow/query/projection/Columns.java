package io.orderflow.query.projection;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows turned into the arrays of an {@code unnest}. Identifiers and times travel as text, and PostgreSQL casts them. */
public final class Columns {

    private Columns() {}

    public static <T> @Nullable String[] texts(Collection<T> rows, Function<T, @Nullable Object> column) {
        return rows.stream()
                .map(column)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }

    public static <T> Long[] numbers(Collection<T> rows, Function<T, Number> column) {
        return rows.stream().map(column).map(Number::longValue).toArray(Long[]::new);
    }
}
