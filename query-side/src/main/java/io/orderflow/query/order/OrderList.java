package io.orderflow.query.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of orders, the newest first.
 *
 * @param next where the page after this one is; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderList(List<OrderView> orders, @Nullable String next) {}
