package io.orderflow.command.dispatch;

import static io.orderflow.command.RunningCommandSide.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.inventory.AdjustmentId;
import io.orderflow.api.inventory.InventoryCommand.AdjustStock;
import io.orderflow.api.inventory.InventoryCommand.RegisterProduct;
import io.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import io.orderflow.api.inventory.InventoryCommand.ReserveStock;
import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.Money;
import io.orderflow.command.RunningCommandSide;
import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.caching.Cache;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Commands that the saga sends arrive over Kafka and take effect once. */
class SentCommandsIT {

    private static final int ORDERS = 1700; // more refusals than a product remembers, and several snapshots

    private static RunningCommandSide service;

    @BeforeAll
    static void start() {
        service = RunningCommandSide.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void decide(Object command) {
        service.bean(Commands.class).decide(command, MetaData.emptyInstance(), Object.class);
    }

    /** Sends commands in this order, for one order. */
    private static void send(OrderId order, Object... commands) throws Exception {
        CommandConverter converter = service.bean(CommandConverter.class);
        try (Producer<String, byte[]> producer =
                service.bean(KafkaClients.class).producers(Map.of()).createProducer()) {
            for (Object command : commands) {
                CommandMessage<?> message = GenericCommandMessage.asCommandMessage(command)
                        .andMetaData(Map.of("orderId", order.toString()));
                producer.send(converter.toRecord(message, Topics.COMMANDS)).get();
            }
        }
    }

    private static long stored(Sku sku, String type) {
        return service.bean(JdbcClient.class)
                .sql("select count(*) from domain_event_entry where aggregate_identifier = ? and payload_type = ?")
                .params(sku.value(), type)
                .query(Long.class)
                .single();
    }

    @Test
    void eachReservationIsMadeOnceHoweverOftenItIsSent() throws Exception {
        Sku sku = new Sku("hot-" + UUID.randomUUID().toString().substring(0, 8));
        decide(new RegisterProduct(sku, new ProductName("A thing"), Money.of(100, "EUR")));
        decide(new AdjustStock(sku, new AdjustmentId(UUID.randomUUID()), 500, "delivery"));
        try (Producer<String, byte[]> producer =
                service.bean(KafkaClients.class).producers(Map.of()).createProducer()) {
            for (int i = 0; i < ORDERS; i++) {
                OrderId order = OrderId.of("it", sku + "/" + i);
                CommandMessage<?> reserve = GenericCommandMessage.asCommandMessage(
                                new ReserveStock(sku, order, 1, new Quantity(1)))
                        .andMetaData(Map.of("orderId", order.toString()));
                CommandConverter converter = service.bean(CommandConverter.class);
                Future<?> first = producer.send(converter.toRecord(reserve, Topics.COMMANDS));
                Future<?> again = producer.send(converter.toRecord(reserve, Topics.COMMANDS));
                if (i == ORDERS - 1) {
                    first.get();
                    again.get();
                }
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(stored(sku, "StockReservationRefused")).isEqualTo(ORDERS - 500));
        assertThat(stored(sku, "StockReserved")).isEqualTo(500);

        // the next decision, on this node or another, finds the state in the snapshot's JSON
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.bean(JdbcClient.class)
                                .sql("select count(*) from snapshot_event_entry where aggregate_identifier = ?")
                                .param(sku.value())
                                .query(Long.class)
                                .single()
                        == 1);
        service.beans(Cache.class).forEach(Cache::removeAll);
        OrderId first = OrderId.of("it", sku + "/0");
        OrderId forgotten = OrderId.of("it", sku + "/500");
        OrderId next = OrderId.of("it", sku + "/next");
        send(first, reserve(sku, first));
        send(forgotten, reserve(sku, forgotten), new ReleaseStock(sku, forgotten, 1));
        send(next, reserve(sku, next));
        await().atMost(Duration.ofSeconds(30)).until(() -> stored(sku, "StockReservationRefused") == ORDERS - 500 + 1);
        assertThat(stored(sku, "StockReserved")).isEqualTo(500);
        assertThat(stored(sku, "StockReleased")).isZero();
    }

    private static ReserveStock reserve(Sku sku, OrderId order) {
        return new ReserveStock(sku, order, 1, new Quantity(1));
    }

    private static Sku newSku(String name) {
        return new Sku(name + "-" + UUID.randomUUID().toString().substring(0, 8));
    }

    private static void register(Sku sku, int pieces) {
        decide(new RegisterProduct(sku, new ProductName("A thing"), Money.of(100, "EUR")));
        decide(new AdjustStock(sku, new AdjustmentId(UUID.randomUUID()), pieces, "delivery"));
    }

    /** How many commands wait under the name of each parked sequence. */
    private static Map<String, Integer> parked() throws Exception {
        Map<String, Integer> waiting = new HashMap<>();
        json(service.send("GET", "/api/command/parked?limit=1000", ""))
                .forEach(sequence -> waiting.put(
                        sequence.get("sequenceId").asString(),
                        sequence.get("waiting").asInt()));
        return waiting;
    }

    private static void awaitParked(String sequence, int waiting) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(parked()).containsEntry(sequence, waiting));
    }

    private static void awaitStored(Sku sku, String type, long count) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stored(sku, type)).isEqualTo(count));
    }

    private static JsonNode retry(String sequence) throws Exception {
        HttpResponse<String> answer =
                service.send("POST", "/api/command/parked/command-side/retry?sequence=" + sequence, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    @Test
    void aCommandThatCannotBeDecidedHoldsUpOnlyItsOrderAtItsProductAndTakesEffectWhenItIsRetried() throws Exception {
        Sku known = newSku("known");
        Sku unknown = newSku("unknown");
        OrderId held = OrderId.of("it", "held by " + unknown);
        OrderId other = OrderId.of("it", "other than " + unknown);
        String sequence = unknown + "/" + held;
        register(known, 10);

        send(held, reserve(unknown, held), reserve(known, held));
        send(other, reserve(known, other));
        awaitStored(known, "StockReserved", 2);
        awaitParked(sequence, 1);
        assertThat(retry(sequence).get("released").asBoolean())
                .as("there is no such product yet")
                .isFalse();

        register(unknown, 10);
        send(held, new ReleaseStock(unknown, held, 1));
        send(other, reserve(unknown, other));
        awaitStored(unknown, "StockReserved", 1);
        awaitParked(sequence, 2);
        assertThat(stored(unknown, "StockReleased")).isZero();

        JsonNode retried = retry(sequence);
        assertThat(retried.get("released").asBoolean()).isTrue();
        assertThat(retried.get("processed").asInt()).isEqualTo(2);
        assertThat(stored(unknown, "StockReserved")).isEqualTo(2);
        assertThat(stored(unknown, "StockReleased")).isEqualTo(1);
        assertThat(parked()).doesNotContainKey(sequence);
    }
}
