package io.orderflow.proof.books;

import io.orderflow.proof.books.Published.Foreign;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares everything that the parts have on record, by plain SQL and a plain consumer, changing nothing.
 *
 * <p>It can be done while the system works: first the events stored by now are awaited in all books, then the read tables
 * are read as of one moment, then the saga's, and last the store: whatever an earlier book says must be in a later one.
 */
public final class Reconciler {

    private static final List<String> EVENT_TOPICS = List.of("orders", "inventory");
    private static final String COMMANDS = "commands";
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Sources sources;
    private final boolean quiet;
    private final Duration patience;
    private final Consumer<String> progress;
    private final Books books = new Books();

    /**
     * @param quiet whether nothing is under way any more: then every order must be at its end, and nothing left to do.
     *     Otherwise orders under way are no error, and neither is what is parked
     * @param patience in which what was stored when this began must be in all books
     */
    public Reconciler(Sources sources, boolean quiet, Duration patience, Consumer<String> progress) {
        this.sources = sources;
        this.quiet = quiet;
        this.patience = patience;
        this.progress = progress;
    }

    /** All books, and the orders as their events tell them. */
    public record Outcome(Books books, Map<String, Story> stories, Map<String, Long> adjustments) {}

    public Outcome reconcile() throws SQLException {
        long stored = sources.number(
                sources.commandSide(), "select coalesce(max(global_index), 0) from command.domain_event_entry");
        progress.accept("waiting until event %,d is published".formatted(stored));
        awaitRelay(stored);
        progress.accept("reading the topics");
        Published published = new Published(books);
        published.read(sources.brokers(), EVENT_TOPICS);
        books.note("events published again", published.repeats());
        progress.accept("waiting for the readers");
        Check readers = books.check("readers-caught-up", "every reader has read every partition to the end");
        new Readers(sources, sources.querySide(), "query").await(published.lastOffsets(), patience, readers);
        new Readers(sources, sources.saga(), "saga").await(published.lastOffsets(), patience, readers);
        try (Connection query = sources.snapshot(sources.querySide());
                Connection saga = sources.snapshot(sources.saga())) {
            Map<TopicPartition, Long> commands = Published.lastOffsets(sources.brokers(), COMMANDS);
            new Readers(sources, sources.commandSide(), "command").await(commands, patience, readers);
            try (Connection store = sources.snapshot(sources.commandSide())) {
                return compare(published, stored, query, saga, store);
            }
        }
    }

    private void awaitRelay(long stored) throws SQLException {
        Check relay = books.check("relay-caught-up", "every stored event is behind the relay's position");
        long limit = System.nanoTime() + patience.toNanos();
        long position = relayPosition();
        while (position < stored && System.nanoTime() < limit) {
            LockSupport.parkNanos(LOOK.toNanos());
            position = relayPosition();
        }
        relay.require(position >= stored, "the relay stands at " + position + ", the store at " + stored);
    }

    private long relayPosition() throws SQLException {
        return sources.number(sources.commandSide(), "select position from command.relay_position");
    }

    private Outcome compare(Published published, long stored, Connection query, Connection saga, Connection store)
            throws SQLException {
        checkDurability(store);
        EventBooks events = new EventBooks(books, published, stored);
        StockBooks stock = new StockBooks(books, events, quiet);
        progress.accept("comparing products");
        stock.read(store, query);
        Map<String, String> parked = new HashMap<>();
        parked.putAll(OrderBooks.parked(store, "command"));
        parked.putAll(OrderBooks.parked(saga, "saga"));
        parked.putAll(OrderBooks.parked(query, "query"));
        checkNothingIsParked(parked);
        progress.accept(
                "comparing %,d orders"
                        .formatted(
                                Sources.number(
                                        store,
                                        "select count(*) from command.domain_event_entry where type = 'Order' and sequence_number = 0")));
        OrderChecks orders = new OrderChecks(
                books, events, stock, OrderBooks.underWay(saga), parked, Providers.of(saga), quiet, stored);
        OrderBooks.read(store, query, saga, orders);
        orders.end(books);
        events.end();
        checkForeign(published.foreign(), saga, query);
        checkNothingIsLeft(saga);
        return new Outcome(books, orders.stories(), stock.adjustments());
    }

    private void checkDurability(Connection store) throws SQLException {
        Check durable = books.check("disk-is-awaited", "PostgreSQL answers a commit when it is on disk");
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            try (Statement statement = store.createStatement();
                    ResultSet value = statement.executeQuery("show " + setting)) {
                boolean on = value.next() && !value.getString(1).equals("off");
                durable.require(on, setting + " is off");
            }
        }
    }

    private void checkNothingIsParked(Map<String, String> parked) {
        if (quiet) {
            Check nothing = books.check("nothing-is-parked", "no event and no command is parked");
            nothing.examined(1);
            parked.values().forEach(nothing::offend);
        } else {
            books.note("orders parked with a cause", parked.size());
        }
    }

    /** Whatever else stands on the topics must have been parked by all who read it, where it can be seen and discarded. */
    private void checkForeign(List<Foreign> foreign, Connection saga, Connection query) throws SQLException {
        Check check = books.check("strangers-are-parked", "records that are no events were parked by every service");
        for (Foreign stranger : foreign) {
            String sql = ".parked_record where topic = '%s' and partition = %d and record_offset = %d"
                    .formatted(stranger.topic(), stranger.partition(), stranger.offset());
            check.require(
                    Sources.number(saga, "select count(*) from saga" + sql) > 0
                            && Sources.number(query, "select count(*) from query" + sql) > 0,
                    stranger.toString());
        }
    }

    private void checkNothingIsLeft(Connection saga) throws SQLException {
        long commands = Sources.number(saga, "select coalesce(sum(cardinality(targets)), 0) from saga.outbox");
        long work = Sources.number(saga, "select count(*) from saga.work_item");
        if (quiet) {
            books.check("nothing-is-left-to-do", "no command waits to be sent, no work to be done")
                    .require(commands + work == 0, commands + " commands, " + work + " items of work");
        } else {
            books.note("commands to send", commands);
            books.note("items of work to do", work);
        }
    }
}
