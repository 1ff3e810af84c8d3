package io.orderflow.query.order;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.messaging.serialization.StoredPayloads;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells stories of orders as the outside reads them. */
@Component
class Histories {

    private final StoredPayloads payloads;
    private final JsonMapper json;

    Histories(StoredPayloads payloads, ContractSerializer serializer) {
        this.payloads = payloads;
        this.json = TimelineJson.from(serializer.mapper());
    }

    HistoryView history(Story story) {
        return new HistoryView(story.orderId(), story.version(), entries(story.entries()));
    }

    List<HistoryView.Entry> entries(List<TimelineEntry> entries) {
        return entries.stream().map(this::entry).toList();
    }

    private HistoryView.Entry entry(TimelineEntry entry) {
        OrderEvent event = entry.event(payloads).getPayload();
        return new HistoryView.Entry(
                entry.version,
                entry.eventId,
                entry.type,
                entry.at,
                entry.actor,
                Sentences.reasonOf(event),
                entry.correlationId,
                entry.causationId,
                Sentences.of(event),
                json.writeValueAsString(event));
    }
}
