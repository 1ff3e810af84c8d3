package io.orderflow.query.generation;

import io.orderflow.api.inventory.InventoryEvent;
import io.orderflow.query.projection.ReadModel;
import io.orderflow.query.projection.ReadTables;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.boot.test.context.TestComponent;

/** Applies events to what serves, as its readers do, without Kafka. */
@TestComponent
public class ServingGeneration {

    private final Rebuilds rebuilds;
    private final ReadTables tables;

    ServingGeneration(Rebuilds rebuilds, ReadTables tables) {
        this.rebuilds = rebuilds;
        this.tables = tables;
    }

    public void apply(List<DomainEventMessage<?>> events) {
        List<EventMessage<?>> batch = List.copyOf(events);
        boolean ofProducts =
                InventoryEvent.class.isAssignableFrom(events.getFirst().getPayloadType());
        for (ReadModel model :
                ofProducts ? List.of(ReadModel.PRODUCTS) : List.of(ReadModel.ORDERS, ReadModel.STATISTICS)) {
            rebuilds.servingReader(model)
                    .orElseThrow()
                    .transactions()
                    .executeWithoutResult(status -> tables.apply(model, batch));
        }
    }
}
