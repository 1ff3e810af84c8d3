package io.orderflow.query.statistics;

import io.orderflow.api.payment.Amount;
import io.orderflow.query.statistics.StatisticsView.DeliveryTime;
import io.orderflow.query.statistics.StatisticsView.Interval;
import io.orderflow.query.statistics.StatisticsView.Period;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the figures. */
@Component
class Statistics {

    private static final String FIGURES = """
            SELECT date_trunc(:interval, hour, :zone) AS start, measure, category, sum(number)::bigint AS number,
                sum(amount)::bigint AS amount
            FROM hourly_figure WHERE hour >= :from AND hour < :to GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """;

    private static final String DELIVERY_TIMES = """
            SELECT bucket, sum(number)::bigint AS number FROM hourly_delivery_time WHERE hour >= :from AND hour < :to
            GROUP BY bucket
            """;

    private final JdbcClient jdbc;

    Statistics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Figure(Instant start, Measure measure, String category, long number, long amount) {}

    @Transactional(readOnly = true)
    StatisticsView between(Instant from, Instant to, Interval interval, ZoneId zone) {
        SortedMap<Instant, List<Figure>> periods = jdbc
                .sql(FIGURES)
                .param("interval", interval.name().toLowerCase(Locale.ROOT))
                .param("zone", zone.getId())
                .param("from", OffsetDateTime.ofInstant(from, ZoneOffset.UTC))
                .param("to", OffsetDateTime.ofInstant(to, ZoneOffset.UTC))
                .query(Statistics::read)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Figure::start, TreeMap::new, Collectors.toList()));
        List<Period> told = new ArrayList<>();
        periods.forEach((start, figures) -> told.add(period(start, figures)));
        return new StatisticsView(from, to, interval, deliveryTime(from, to), told);
    }

    private static Figure read(ResultSet row, int index) throws SQLException {
        return new Figure(
                row.getObject("start", OffsetDateTime.class).toInstant(),
                Measure.valueOf(row.getString("measure")),
                row.getString("category"),
                row.getLong("number"),
                row.getLong("amount"));
    }

    private static Period period(Instant start, List<Figure> figures) {
        return new Period(
                start,
                number(figures, Measure.PLACED),
                number(figures, Measure.DELIVERED),
                byCategory(figures, Measure.REJECTED),
                byCategory(figures, Measure.CANCELLED),
                amounts(figures, Measure.PLACED),
                amounts(figures, Measure.CAPTURED));
    }

    private static long number(List<Figure> figures, Measure measure) {
        return figures.stream()
                .filter(figure -> figure.measure() == measure)
                .mapToLong(Figure::number)
                .sum();
    }

    private static Map<String, Long> byCategory(List<Figure> figures, Measure measure) {
        return figures.stream()
                .filter(figure -> figure.measure() == measure)
                .collect(Collectors.toMap(Figure::category, Figure::number, Long::sum, TreeMap::new));
    }

    private static List<Amount> amounts(List<Figure> figures, Measure measure) {
        return figures.stream()
                .filter(figure -> figure.measure() == measure)
                .map(figure -> Amount.of(figure.amount(), figure.category()))
                .toList();
    }

    private @Nullable DeliveryTime deliveryTime(Instant from, Instant to) {
        SortedMap<Integer, Long> buckets = new TreeMap<>();
        jdbc.sql(DELIVERY_TIMES)
                .param("from", OffsetDateTime.ofInstant(from, ZoneOffset.UTC))
                .param("to", OffsetDateTime.ofInstant(to, ZoneOffset.UTC))
                .query(row -> {
                    buckets.put(row.getInt("bucket"), row.getLong("number"));
                });
        if (buckets.isEmpty()) {
            return null;
        }
        return new DeliveryTime(
                buckets.values().stream().mapToLong(Long::longValue).sum(),
                DeliveryTime.seconds(DeliveryTimes.percentile(buckets, 50)),
                DeliveryTime.seconds(DeliveryTimes.percentile(buckets, 90)),
                DeliveryTime.seconds(DeliveryTimes.percentile(buckets, 95)),
                DeliveryTime.seconds(DeliveryTimes.percentile(buckets, 99)));
    }
}
