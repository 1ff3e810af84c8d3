package io.orderflow.query.order;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How a list of orders is sorted. Values that never change, so that nobody moves between pages. */
enum Sorting {
    NEWEST("-placedAt", "placed_at", false),
    OLDEST("placedAt", "placed_at", true),
    DEAREST("-total", "total_amount", false),
    CHEAPEST("total", "total_amount", true);

    private final String parameter;
    private final String column;
    private final boolean ascending;

    Sorting(String parameter, String column, boolean ascending) {
        this.parameter = parameter;
        this.column = column;
        this.ascending = ascending;
    }

    /** @throws IllegalArgumentException when there is no such order */
    static Sorting of(String parameter) {
        return Arrays.stream(values())
                .filter(sorting -> sorting.parameter.equals(parameter))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'sort' must be one of "
                        + Arrays.stream(values()).map(Sorting::parameter).collect(Collectors.joining(", "))));
    }

    /** The same list from its other end. */
    Sorting reversed() {
        return switch (this) {
            case NEWEST -> OLDEST;
            case OLDEST -> NEWEST;
            case DEAREST -> CHEAPEST;
            case CHEAPEST -> DEAREST;
        };
    }

    String parameter() {
        return parameter;
    }

    String column() {
        return column;
    }

    boolean isByTime() {
        return this == NEWEST || this == OLDEST;
    }

    String direction() {
        return ascending ? "ASC" : "DESC";
    }

    /** The comparison that holds for what comes later in the list. */
    String behind() {
        return ascending ? ">" : "<";
    }
}
