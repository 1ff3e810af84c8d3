package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Standing;
import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.order.Products;
import io.orderflow.messaging.config.Topics;
import io.orderflow.proof.system.Service;
import java.sql.SQLException;
import java.util.Map;

/**
 * All three services, with providers that answer at once and grant everything. On a store that has events already there is
 * no saga: it would first carry out all of them.
 */
final class WholeSystem {

    private static final Map<String, String> WILLING =
            Map.of("ORDERFLOW_PAYMENT_SUCCESS_RATE", "1", "ORDERFLOW_SHIPPING_TRANSIT", "0s");

    private WholeSystem() {}

    static Testbed started(Course course, Testbed testbed) throws SQLException {
        testbed.withDatabase().withKafka();
        testbed.start(Service.COMMAND_SIDE);
        course.store(testbed);
        testbed.start(Service.QUERY_SIDE);
        if (course.stored() == 0) {
            testbed.start(Service.SAGA, WILLING);
        } else {
            try (Standing standing = new Standing(testbed)) {
                standing.awaitRead("query", Topics.ORDERS);
            }
        }
        Products.register(testbed.address(Service.COMMAND_SIDE));
        return testbed;
    }
}
