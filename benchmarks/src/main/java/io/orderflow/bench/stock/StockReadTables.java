package io.orderflow.bench.stock;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.config.Topics;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.extensions.kafka.eventhandling.consumer.AsyncFetcher;
import org.axonframework.extensions.kafka.eventhandling.consumer.streamable.KafkaEventMessage;
import org.axonframework.extensions.kafka.eventhandling.consumer.streamable.StreamableKafkaMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The framework's way from Kafka into read tables: a tracking processor reads the topic and hands each event to a handler,
 * which writes a row of the order and one of its timeline. Far less than our read tables have.
 */
public final class StockReadTables {

    /** Has a row for each event. */
    public static final String TIMELINE = "stock_timeline";

    private static final String PROCESSOR = "orders";

    private final JdbcTemplate jdbc;

    private StockReadTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public static void main(String[] arguments) throws IOException {
        System.setProperty("axoniq.update-checker.disabled", "true"); // Axon looks nowhere else for it
        StockParts parts = new StockParts();
        StockReadTables tables = new StockReadTables(new JdbcTemplate(parts.database()));
        tables.create();
        StreamableKafkaMessageSource<String, byte[]> source = source(parts);
        parts.configurer()
                .eventProcessing(processing -> processing
                        .registerTrackingEventProcessor(PROCESSOR, configuration -> source)
                        .byDefaultAssignTo(PROCESSOR)
                        .registerEventHandler(configuration -> tables))
                .start();
        StockParts.tellReady();
    }

    private static StreamableKafkaMessageSource<String, byte[]> source(StockParts parts) {
        return StreamableKafkaMessageSource.<String, byte[]>builder()
                .topics(List.of(Topics.ORDERS))
                .consumerFactory(Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        parts.bootstrapServers(),
                        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                        StringDeserializer.class,
                        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                        ByteArrayDeserializer.class,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"))
                .serializer(parts.serializer())
                .messageConverter(CloudEventConverter.forReading(parts.serializer()))
                .fetcher(AsyncFetcher.<String, byte[], KafkaEventMessage>builder()
                        .build())
                .build();
    }

    private void create() {
        jdbc.execute("""
                create table stock_order (order_id text primary key, state text not null, version bigint not null,
                    changed_at timestamptz not null);
                create table stock_timeline (order_id text, version bigint, event text not null, at timestamptz not null,
                    primary key (order_id, version))
                """);
    }

    @EventHandler
    void on(OrderEvent event, @SequenceNumber long version, @org.axonframework.eventhandling.Timestamp Instant at) {
        String order = event.orderId().toString();
        String name = event.getClass().getSimpleName();
        Timestamp time = Timestamp.from(at);
        jdbc.update("insert into stock_timeline values (?, ?, ?, ?)", order, version, name, time);
        jdbc.update("""
                insert into stock_order values (?, ?, ?, ?) on conflict (order_id)
                    do update set state = excluded.state, version = excluded.version, changed_at = excluded.changed_at
                """, order, name, version, time);
    }
}
