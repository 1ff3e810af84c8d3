package io.orderflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.cloudevents.CloudEventConverter;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.servers.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.extensions.kafka.eventhandling.consumer.AsyncFetcher;
import org.axonframework.extensions.kafka.eventhandling.consumer.Fetcher;
import org.axonframework.extensions.kafka.eventhandling.consumer.streamable.KafkaEventMessage;
import org.axonframework.extensions.kafka.eventhandling.consumer.streamable.KafkaTrackingToken;
import org.axonframework.extensions.kafka.eventhandling.consumer.streamable.StreamableKafkaMessageSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Why the query side does not read with the extension's source and Axon's processor: without any crash they lose events
 * of a topic with several partitions. {@link QuerySideIT} shows the same backlog read by the reader that replaces them.
 */
@QuerySideTest
class StockReaderIT {

    private static final String TOPIC = "backlog-for-the-stock-reader";
    private static final int BACKLOG = 6_000;

    @Autowired
    PublishedEvents events;

    @Autowired
    ContractSerializer serializer;

    private final AtomicLong ticks = new AtomicLong();
    private final Set<OrderId> handled = ConcurrentHashMap.newKeySet();

    /** Collects what reaches a handler. */
    public final class Handler {

        @EventHandler
        void on(OrderPlaced event) {
            handled.add(event.orderId());
        }
    }

    @Test
    void theStockReaderLosesEventsOfABacklogOverTwelvePartitions() {
        events.create(TOPIC);
        events.publish(TOPIC, placed(BACKLOG));
        AsyncFetcher<String, byte[], KafkaEventMessage> fetcher =
                AsyncFetcher.<String, byte[], KafkaEventMessage>builder().build();
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
        PooledStreamingEventProcessor processor = processor(fetcher, threads);
        processor.start();
        try {
            // published when the backlog has been offered to the processor: once this is handled, nothing is under way
            await().atMost(Duration.ofMinutes(1)).until(() -> fetchedAll(processor));
            List<DomainEventMessage<?>> last = placed(1);
            events.publish(TOPIC, last);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> handled.contains(OrderId.of(last.getFirst().getAggregateIdentifier())));

            assertThat(handled).hasSizeLessThan(BACKLOG + 1);
        } finally {
            processor.shutDown();
            fetcher.shutdown();
            threads.shutdownNow();
        }
    }

    private List<DomainEventMessage<?>> placed(int count) {
        List<DomainEventMessage<?>> placed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            OrderId order = Stories.newOrder();
            Instant at = Stories.START.plusMillis(ticks.incrementAndGet());
            placed.add(new GenericDomainEventMessage<>(
                    "Order", order.toString(), 0, new GenericEventMessage<>(Stories.placed(order, "ada")), () -> at));
        }
        return placed;
    }

    private PooledStreamingEventProcessor processor(
            Fetcher<String, byte[], KafkaEventMessage> fetcher, ScheduledExecutorService threads) {
        return PooledStreamingEventProcessor.builder()
                .name("stock")
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers(new Handler())
                        .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                        .build())
                .messageSource(source(fetcher))
                .tokenStore(new InMemoryTokenStore())
                .transactionManager(NoTransactionManager.instance())
                .coordinatorExecutor(threads)
                .workerExecutor(threads)
                .initialSegmentCount(1)
                .build();
    }

    private StreamableKafkaMessageSource<String, byte[]> source(Fetcher<String, byte[], KafkaEventMessage> fetcher) {
        return StreamableKafkaMessageSource.<String, byte[]>builder()
                .topics(List.of(TOPIC))
                .consumerFactory(Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers(),
                        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class,
                        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class))
                .fetcher(fetcher)
                .messageConverter(CloudEventConverter.forReading(serializer))
                .serializer(serializer)
                .build();
    }

    private static boolean fetchedAll(PooledStreamingEventProcessor processor) {
        return processor.processingStatus().values().stream()
                .map(EventTrackerStatus::getTrackingToken)
                .filter(KafkaTrackingToken.class::isInstance)
                .anyMatch(token -> position((KafkaTrackingToken) token) == BACKLOG);
    }

    /** How many records of the topic the token covers; it names the last offset of each partition. */
    private static long position(KafkaTrackingToken token) {
        return token.getPositions().values().stream()
                .mapToLong(offset -> offset + 1)
                .sum();
    }
}
