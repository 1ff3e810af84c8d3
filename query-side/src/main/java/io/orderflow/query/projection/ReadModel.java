package io.orderflow.query.projection;

import io.orderflow.messaging.config.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Read tables that are filled together, by projections of this model, from db/projection and their topics.
 *
 * <p><b>When a projection or its tables change, the version here does too</b>: the new release then fills a generation of
 * its own beside the one that serves, and both releases find theirs.
 */
public enum ReadModel {
    /** Orders as they are, their histories, and what finds them. */
    ORDERS(6, Topics.ORDERS, "order_summary", "order_id", "uuid", "sum(version + 1) FROM %s.order_summary"),

    /** Products and their stock. */
    PRODUCTS(1, Topics.INVENTORY, "product", "sku", "text", "sum(version + 1) FROM %s.product"),

    /** Figures over time. */
    STATISTICS(1, Topics.ORDERS, "counted_order", "order_id", "uuid", "sum(number) FROM %s.hourly_figure");

    private final int version;
    private final String topic;
    private final String versionsTable;
    private final String versionsKey;
    private final String versionsKeyType;
    private final String events;

    ReadModel(
            int version,
            String topic,
            String versionsTable,
            String versionsKey,
            String versionsKeyType,
            String events) {
        this.version = version;
        this.topic = topic;
        this.versionsTable = versionsTable;
        this.versionsKey = versionsKey;
        this.versionsKeyType = versionsKeyType;
        this.events = events;
    }

    public static Optional<ReadModel> named(String name) {
        return Arrays.stream(values())
                .filter(model -> model.lowerCaseName().equals(name))
                .findFirst();
    }

    /** Where this release reads: views of the generations that serve it, then what is no generation's. */
    public static String searchPath() {
        return Arrays.stream(values()).map(ReadModel::viewSchema).collect(Collectors.joining(", ")) + ", query";
    }

    public String lowerCaseName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int version() {
        return version;
    }

    public List<String> topics() {
        return List.of(topic);
    }

    /** The schema whose views show this release the generation that serves it. */
    public String viewSchema() {
        return lowerCaseName() + "_v" + version;
    }

    /** A table with one row for each aggregate and the version it has reached, by which two generations are compared. */
    public String versionsTable() {
        return versionsTable;
    }

    /** Its column with the aggregate's id. */
    public String versionsKey() {
        return versionsKey;
    }

    /** What PostgreSQL calls the type of that column. */
    public String versionsKeyType() {
        return versionsKeyType;
    }

    /** SQL that tells how many events the tables of a schema are made of; each record read adds one at most. */
    public String countOfEvents(String schema) {
        return "SELECT coalesce(t.events, 0)::bigint FROM (SELECT " + events.formatted(schema) + ") t (events)";
    }
}
