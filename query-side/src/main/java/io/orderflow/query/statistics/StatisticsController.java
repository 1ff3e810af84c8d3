package io.orderflow.query.statistics;

import io.orderflow.query.statistics.StatisticsView.Interval;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Questions about all orders over time. */
@RestController
@RequestMapping("/api/statistics")
class StatisticsController {

    private static final int MOST_PERIODS = 2_000;

    private final Statistics statistics;
    private final Clock clock = Clock.systemUTC();

    StatisticsController(Statistics statistics) {
        this.statistics = statistics;
    }

    @Operation(
            summary = "What happened to orders over time",
            description = "Orders, revenue per currency, why orders ended early, and how long delivery took. Without a"
                    + " range: the last day. interval is hour, day, week or month; days begin at midnight in zone.")
    @GetMapping("/orders")
    StatisticsView orders(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "hour") String interval,
            @RequestParam(defaultValue = "UTC") String zone) {
        Instant end = to == null ? clock.instant() : time("to", to);
        Instant start = from == null ? end.minus(Duration.ofDays(1)) : time("from", from);
        // figures are kept by the hour
        Instant firstHour = start.truncatedTo(ChronoUnit.HOURS);
        Instant lastHour = end.minusMillis(1).truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        return statistics.between(firstHour, lastHour, interval(interval, firstHour, lastHour), zone(zone));
    }

    private static Interval interval(String name, Instant from, Instant to) {
        Interval interval = Arrays.stream(Interval.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'interval' must be hour, day, week or month"));
        long hours = Duration.between(from, to).toHours();
        long longest = switch (interval) {
            case HOUR -> MOST_PERIODS;
            case DAY -> MOST_PERIODS * 24L;
            case WEEK -> MOST_PERIODS * 168L;
            case MONTH -> MOST_PERIODS * 744L;
        };
        if (hours <= 0 || hours > longest) {
            throw new IllegalArgumentException("'from' must be before 'to', and the range must not have more than "
                    + MOST_PERIODS + " periods: ask for longer ones");
        }
        return interval;
    }

    private static Instant time(String name, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + name + "' must be a time such as 2026-01-31T12:00:00Z", e);
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'zone' must be a time zone such as Europe/Berlin", e);
        }
    }
}
