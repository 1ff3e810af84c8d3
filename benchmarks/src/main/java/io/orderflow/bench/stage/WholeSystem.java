package io.orderflow.bench.stage;

import io.orderflow.bench.bed.Testbed;
import io.orderflow.bench.order.Products;
import io.orderflow.proof.system.Service;
import java.util.Map;

/** All three services, with providers that answer at once and grant everything. */
final class WholeSystem {

    private static final Map<String, String> WILLING =
            Map.of("ORDERFLOW_PAYMENT_SUCCESS_RATE", "1", "ORDERFLOW_SHIPPING_TRANSIT", "0s");

    private WholeSystem() {}

    static Testbed started(Testbed testbed) {
        testbed.withDatabase().withKafka();
        testbed.start(Service.COMMAND_SIDE);
        testbed.start(Service.SAGA, WILLING);
        testbed.start(Service.QUERY_SIDE);
        Products.register(testbed.address(Service.COMMAND_SIDE));
        return testbed;
    }
}
