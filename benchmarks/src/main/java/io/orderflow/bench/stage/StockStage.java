package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.measure.Figure;
import io.orderflow.bench.order.Products;
import io.orderflow.bench.stock.StockCommandSide;
import io.orderflow.proof.system.Service;
import java.util.List;

/**
 * Single orders as in {@link AcceptStage}, on the framework's own event store with a transaction for each command: what the
 * replaced parts are compared with. They are relayed by our relay all the same, which costs less than the framework's.
 */
public final class StockStage implements Stage {

    private static final int CLIENTS = 64;

    @Override
    public List<Figure> measure(Course course) throws Exception {
        try (Testbed testbed = course.testbed("stock").withDatabase().withKafka()) {
            testbed.startStock(Service.COMMAND_SIDE, StockCommandSide.class);
            Products.register(testbed.address(Service.COMMAND_SIDE));
            AcceptStage.warmUp(course, testbed);
            return List.of(AcceptStage.closedLoop(course, testbed, CLIENTS).on("the framework's own event store"));
        }
    }
}
