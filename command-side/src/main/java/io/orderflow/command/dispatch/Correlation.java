package io.orderflow.command.dispatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/** What events know of the command that they come from: who, why, and to which conversation it belongs. */
final class Correlation implements CorrelationDataProvider {

    private static final String CORRELATION_ID = "correlationId";
    private static final List<String> COPIED =
            List.of(CORRELATION_ID, "orderId", "actor", "traceparent", "requestHash");

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        Map<String, Object> data = new HashMap<>();
        for (String key : COPIED) {
            Object value = message.getMetaData().get(key);
            if (value != null) {
                data.put(key, value);
            }
        }
        data.putIfAbsent(CORRELATION_ID, message.getIdentifier());
        data.put("causationId", message.getIdentifier());
        return data;
    }
}
