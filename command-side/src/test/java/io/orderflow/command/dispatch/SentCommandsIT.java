package io.orderflow.command.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.inventory.AdjustmentId;
import io.orderflow.api.inventory.InventoryCommand.AdjustStock;
import io.orderflow.api.inventory.InventoryCommand.RegisterProduct;
import io.orderflow.api.inventory.InventoryCommand.ReserveStock;
import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.Money;
import io.orderflow.command.CommandSideApplication;
import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.config.Topics;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Commands that the saga sends arrive over Kafka and take effect once. */
class SentCommandsIT {

    private static final int ORDERS = 600; // more events than lie between two snapshots

    private static KafkaServer kafka; // of its own: other tests' commands are not for this database
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        kafka = KafkaServer.start(TestServers.temporaryFolder());
        service = new SpringApplicationBuilder(CommandSideApplication.class)
                .properties("spring.config.name=command-side")
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + TestServers.newDatabase() + "?currentSchema=command",
                        "--spring.datasource.username=" + TestServers.databaseUser(),
                        "--spring.datasource.password=" + TestServers.databasePassword(),
                        "--orderflow.kafka.bootstrap-servers=" + kafka.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        service.close();
        kafka.close();
    }

    private static void decide(Object command) {
        service.getBean(Commands.class).decide(command, MetaData.emptyInstance(), Object.class);
    }

    private static void send(Object command, OrderId order) throws Exception {
        Producer<String, byte[]> producer =
                service.getBean(KafkaClients.class).producers(Map.of()).createProducer();
        CommandMessage<?> message =
                GenericCommandMessage.asCommandMessage(command).andMetaData(Map.of("orderId", order.toString()));
        Future<?> sent = producer.send(service.getBean(CommandConverter.class).toRecord(message, Topics.COMMANDS));
        producer.flush();
        sent.get();
    }

    private static long stored(Sku sku, String type) {
        return service.getBean(JdbcClient.class)
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
                service.getBean(KafkaClients.class).producers(Map.of()).createProducer()) {
            for (int i = 0; i < ORDERS; i++) {
                OrderId order = OrderId.of("it", sku + "/" + i);
                CommandMessage<?> reserve = GenericCommandMessage.asCommandMessage(
                                new ReserveStock(sku, order, 1, new Quantity(1)))
                        .andMetaData(Map.of("orderId", order.toString()));
                CommandConverter converter = service.getBean(CommandConverter.class);
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
                .until(() -> service.getBean(JdbcClient.class)
                                .sql("select count(*) from snapshot_event_entry where aggregate_identifier = ?")
                                .param(sku.value())
                                .query(Long.class)
                                .single()
                        == 1);
        service.getBeansOfType(org.axonframework.common.caching.Cache.class)
                .values()
                .forEach(org.axonframework.common.caching.Cache::removeAll);
        send(new ReserveStock(sku, OrderId.of("it", sku + "/0"), 1, new Quantity(1)), OrderId.of("it", sku + "/0"));
        OrderId next = OrderId.of("it", sku + "/next");
        send(new ReserveStock(sku, next, 1, new Quantity(1)), next);
        await().atMost(Duration.ofSeconds(30)).until(() -> stored(sku, "StockReservationRefused") == ORDERS - 500 + 1);
        assertThat(stored(sku, "StockReserved")).isEqualTo(500);
    }

    @Test
    void aCommandThatCannotBeDecidedIsParkedAndOthersGoOn() throws Exception {
        Sku known = new Sku("known-" + UUID.randomUUID().toString().substring(0, 8));
        Sku unknown = new Sku("unknown-" + UUID.randomUUID().toString().substring(0, 8));
        OrderId order = OrderId.of("it", known.value());
        decide(new RegisterProduct(known, new ProductName("A thing"), Money.of(100, "EUR")));
        send(new ReserveStock(unknown, order, 1, new Quantity(1)), order);
        send(new ReserveStock(known, order, 1, new Quantity(1)), order);
        await().atMost(Duration.ofSeconds(30)).until(() -> stored(known, "StockReservationRefused") == 1);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.getBean(JdbcClient.class)
                                .sql("select count(*) from parked_sequence where sequence_id = ?")
                                .param(unknown + "/" + order)
                                .query(Long.class)
                                .single()
                        == 1);
    }
}
