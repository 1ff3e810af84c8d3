package io.orderflow.command.catalogue;

import io.orderflow.api.inventory.InventoryEvent;
import io.orderflow.api.inventory.InventoryEvent.ProductChanged;
import io.orderflow.api.inventory.InventoryEvent.ProductRegistered;
import io.orderflow.api.inventory.Sku;
import io.orderflow.messaging.reading.Backoff;
import io.orderflow.messaging.serialization.StoredPayloads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The products as this node knows them, from its own event store: up to half a second old when another node has changed
 * one. Who is about to refuse something because of it asks for the {@link #newest} first.
 */
@Component
public final class Catalogue implements SmartLifecycle {

    // the condition of the partial indexes, word for word
    private static final String CHANGES =
            "select global_index, payload_type, payload_revision, payload from domain_event_entry"
                    + " where payload_type in ('ProductRegistered', 'ProductChanged')";
    private static final int PAGE = 1000;
    private static final long POLL_MILLIS = 500;

    private final JdbcClient jdbc;
    private final StoredPayloads payloads;
    private final Map<Sku, Entry> products = new ConcurrentHashMap<>();
    private final Backoff backoff = new Backoff();
    private long lastIndex = -1;
    private volatile boolean stopped = true;
    private Thread thread = Thread.ofPlatform().unstarted(() -> {});

    Catalogue(JdbcClient jdbc, StoredPayloads payloads) {
        this.jdbc = jdbc;
        this.payloads = payloads;
    }

    private record Entry(long index, Product product) {}

    /** The product as this node knows it. */
    public Optional<Product> find(Sku sku) {
        return Optional.ofNullable(products.get(sku)).map(Entry::product);
    }

    /** The product as the event store knows it. */
    public Optional<Product> newest(Sku sku) {
        jdbc.sql(CHANGES + " and aggregate_identifier = ? order by sequence_number desc limit 1")
                .param(sku.value())
                .query(this::read)
                .list()
                .forEach(this::remember);
        return find(sku);
    }

    private void follow() {
        while (!stopped) {
            try {
                if (!backoff.isOver() || followOnce() < PAGE) {
                    Thread.sleep(POLL_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                backoff.failed("the catalogue", e);
            }
        }
    }

    private int followOnce() {
        List<Entry> changes = jdbc.sql(CHANGES + " and global_index > ? order by global_index limit ?")
                .params(lastIndex, PAGE)
                .query(this::read)
                .list();
        changes.forEach(this::remember);
        if (!changes.isEmpty()) {
            lastIndex = changes.getLast().index();
        }
        backoff.succeeded("the catalogue");
        return changes.size();
    }

    private void remember(Entry change) {
        products.merge(change.product().sku(), change, (known, other) -> known.index() > other.index() ? known : other);
    }

    private Entry read(ResultSet row, int number) throws SQLException {
        InventoryEvent event = payloads.read(
                new SimpleSerializedObject<>(row.getBytes(4), byte[].class, row.getString(2), row.getString(3)));
        return new Entry(row.getLong(1), productOf(event));
    }

    private static Product productOf(InventoryEvent event) {
        return switch (event) {
            case ProductRegistered registered -> new Product(registered.sku(), registered.name(), registered.price());
            case ProductChanged changed -> new Product(changed.sku(), changed.name(), changed.price());
            case InventoryEvent.StockAdjusted other -> throw notAProduct(other);
            case InventoryEvent.ReservationEvent other -> throw notAProduct(other);
        };
    }

    private static IllegalStateException notAProduct(InventoryEvent event) {
        return new IllegalStateException("not a change of the catalogue: " + event);
    }

    @Override
    public void start() {
        stopped = false;
        thread = Thread.ofPlatform().name("catalogue").daemon(true).start(this::follow);
    }

    @Override
    public void stop() {
        stopped = true;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }
}
