package io.orderflow.query.inventory;

import static io.orderflow.query.projection.Columns.numbers;
import static io.orderflow.query.projection.Columns.texts;

import io.orderflow.api.inventory.InventoryEvent;
import io.orderflow.query.projection.Projection;
import io.orderflow.query.projection.ReadModel;
import io.orderflow.query.projection.Versions;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Each product with its stock as it is now: table {@code product}. Many events of a hot product become one update. */
@Component
@Order(0)
@ProcessingGroup(ProductProjection.GROUP)
class ProductProjection extends Projection<InventoryEvent> {

    static final String GROUP = "product";

    private static final String LOCK = "SELECT * FROM product WHERE sku = ANY (?) ORDER BY sku FOR UPDATE";

    private static final String WRITE = """
            INSERT INTO product (sku, name, price_amount, currency, on_hand, reserved, version)
            SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::integer[], ?::integer[], ?::bigint[])
                AS r (sku)
            ORDER BY r.sku
            ON CONFLICT (sku) DO UPDATE SET name = excluded.name, price_amount = excluded.price_amount,
                currency = excluded.currency, on_hand = excluded.on_hand, reserved = excluded.reserved,
                version = excluded.version
            """;

    private final JdbcClient jdbc;

    ProductProjection(JdbcClient jdbc) {
        super(ReadModel.PRODUCTS);
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(InventoryEvent event, DomainEventMessage<InventoryEvent> message) {
        collect(message);
    }

    @Override
    protected void write(List<DomainEventMessage<InventoryEvent>> events) {
        Map<String, ProductRow> rows = lock(events);
        Versions versions =
                new Versions(rows.values().stream().collect(Collectors.toMap(ProductRow::sku, ProductRow::version)));
        Map<String, ProductRow> changed = new HashMap<>();
        for (DomainEventMessage<InventoryEvent> event : versions.sort(events).fresh()) {
            String sku = event.getAggregateIdentifier();
            ProductRow row = ProductRow.after(rows.get(sku), event);
            rows.put(sku, row);
            changed.put(sku, row);
        }
        if (!changed.isEmpty()) {
            writeRows(changed.values());
        }
    }

    private Map<String, ProductRow> lock(List<DomainEventMessage<InventoryEvent>> events) {
        return new HashMap<>(jdbc
                .sql(LOCK)
                .param(texts(events, DomainEventMessage::getAggregateIdentifier))
                .query(ProductRow::read)
                .list()
                .stream()
                .collect(Collectors.toMap(ProductRow::sku, Function.identity())));
    }

    private void writeRows(Collection<ProductRow> rows) {
        jdbc.sql(WRITE)
                .param(texts(rows, ProductRow::sku))
                .param(texts(rows, ProductRow::name))
                .param(numbers(rows, row -> row.price().amount()))
                .param(texts(rows, row -> row.price().currency()))
                .param(numbers(rows, ProductRow::onHand))
                .param(numbers(rows, ProductRow::reserved))
                .param(numbers(rows, ProductRow::version))
                .update();
    }
}
