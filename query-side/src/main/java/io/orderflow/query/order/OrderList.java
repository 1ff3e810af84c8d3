package io.orderflow.query.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of orders.
 *
 * @param count how many orders the whole list has
 * @param prev where the page before this one is; absent on the first
 * @param next where the page after this one is; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderList(
        List<OrderView> orders,
        Count count,
        @Nullable String prev,
        @Nullable String next) {

    /**
     * A number of orders.
     *
     * @param exact whether they were counted; otherwise it is an estimate
     */
    record Count(long value, boolean exact) {}
}
