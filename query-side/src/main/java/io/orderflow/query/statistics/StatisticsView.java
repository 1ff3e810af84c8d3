package io.orderflow.query.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orderflow.api.payment.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to orders in a range of time. Each thing counts in the period in which it happened, so an order can be
 * placed in one and delivered in another.
 *
 * @param from begin of the range, on a full hour
 * @param to end of the range, not in it
 * @param deliveryTime how long the orders delivered in the range were under way; absent when there are none
 * @param periods those in which something happened
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatisticsView(
        Instant from,
        Instant to,
        Interval interval,
        @Nullable DeliveryTime deliveryTime,
        List<Period> periods) {

    /** Length of a period. */
    enum Interval {
        HOUR,
        DAY,
        WEEK,
        MONTH
    }

    /**
     * From placing to delivery, in seconds with up to three decimals, at most 5% too long.
     *
     * @param orders how many were delivered
     */
    record DeliveryTime(long orders, double p50, double p90, double p95, double p99) {

        static double seconds(Duration duration) {
            return duration.toMillis() / 1000.0;
        }
    }

    /**
     * One period.
     *
     * @param start when it begins
     * @param placed orders placed
     * @param delivered orders delivered
     * @param rejected orders rejected, by reason
     * @param cancelled orders cancelled, by who called them off
     * @param ordered total of the placed orders, by currency
     * @param revenue amounts taken, by currency
     */
    record Period(
            Instant start,
            long placed,
            long delivered,
            Map<String, Long> rejected,
            Map<String, Long> cancelled,
            List<Amount> ordered,
            List<Amount> revenue) {}
}
