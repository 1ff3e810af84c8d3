package io.orderflow.saga.fulfilment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.api.inventory.InventoryEvent.StockReserved;
import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.payment.Money;
import io.orderflow.messaging.KafkaFixture;
import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.commands.CommandChannel;
import io.orderflow.messaging.commands.Outbox;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.reading.EventSource;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.saga.fulfilment.FulfilmentEvents.NoFulfilmentException;
import io.orderflow.saga.notification.NotificationStep;
import io.orderflow.saga.payment.PaymentStep;
import io.orderflow.saga.shipping.ShippingStep;
import io.orderflow.saga.work.Commands;
import io.orderflow.saga.work.Decisions;
import io.orderflow.saga.work.LaneSettings;
import io.orderflow.saga.work.OutboxCommandBus;
import io.orderflow.saga.work.RequestedWork;
import io.orderflow.saga.work.SagaDatabase;
import io.orderflow.saga.work.WorkHandOver;
import io.orderflow.saga.work.WorkItems;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.SagaRepository;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.modelling.saga.repository.jdbc.PostgresSagaSqlSchema;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two answers for one order at once, on two nodes or two threads. */
class FulfilmentsIT {

    private static final Sku PEN = new Sku("PEN");
    private static final Sku INK = new Sku("INK");
    private static final OrderId ORDER = new OrderId(UUID.randomUUID());

    private final HikariDataSource database = SagaDatabase.open();
    private final DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
    private final ContractSerializer serializer = new ContractSerializer();
    private final ParameterResolverFactory parameters = MultiParameterResolverFactory.ordered(
            ClasspathParameterResolverFactory.forClass(OrderFulfilmentSaga.class),
            new SimpleResourceParameterResolverFactory(List.of(
                    new Commands(new OutboxCommandBus()),
                    new PaymentStep(RequestedWork.nobody()),
                    new ShippingStep(RequestedWork.nobody(), Duration.ZERO),
                    new NotificationStep(RequestedWork.nobody()))));
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void close() {
        threads.shutdownNow();
        database.close();
    }

    private static EventMessage<?> placed() {
        return GenericEventMessage.asEventMessage(new OrderPlaced(
                ORDER, new CustomerId("c"), null, null, List.of(line(1, PEN), line(2, INK)), Money.of(200, "EUR")));
    }

    private static OrderLine line(int number, Sku sku) {
        return new OrderLine(number, sku, new ProductName("Thing"), new Quantity(1), Money.of(100, "EUR"), true);
    }

    private static EventMessage<?> reserved(int line, Sku sku) {
        return GenericEventMessage.asEventMessage(new StockReserved(sku, ORDER, line, new Quantity(1)));
    }

    private AnnotatedSagaManager<OrderFulfilmentSaga> manager(SagaRepository<OrderFulfilmentSaga> repository) {
        return AnnotatedSagaManager.<OrderFulfilmentSaga>builder()
                .sagaType(OrderFulfilmentSaga.class)
                .sagaRepository(repository)
                .parameterResolverFactory(parameters)
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .build();
    }

    /** How a batch of one event is taken through a saga manager; then {@code beforeEnd} runs in the transaction. */
    private interface Handling {
        void handle(EventMessage<?> event, Runnable beforeEnd);
    }

    /**
     * One node handles the first reservation, and in the middle of its transaction another handles the second.
     *
     * @param end what the first does when the second waits for it, or is done
     */
    private void twoAnswersAtOnce(Handling one, Handling other, Runnable end) throws Exception {
        one.handle(placed(), () -> {});
        CountDownLatch handled = new CountDownLatch(1);
        CountDownLatch otherHasCome = new CountDownLatch(1);
        Future<?> first = threads.submit(() -> one.handle(reserved(1, PEN), () -> {
            handled.countDown();
            awaitUninterrupted(otherHasCome);
            end.run();
        }));
        awaitUninterrupted(handled);
        Future<?> second = threads.submit(() -> {
            Thread.ofVirtual().start(() -> letGoWhenWaiting(otherHasCome));
            other.handle(reserved(2, INK), () -> {});
            otherHasCome.countDown();
        });
        second.get();
        try {
            first.get();
        } catch (ExecutionException e) {
            assertThat(e).rootCause().hasMessage("rolled back");
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void letGoWhenWaiting(CountDownLatch latch) {
        JdbcTemplate observer = new JdbcTemplate(database);
        while (latch.getCount() > 0) {
            Long waiting = observer.queryForObject(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
                    Long.class);
            if (waiting != null && waiting > 0) {
                latch.countDown();
            }
        }
    }

    private Fulfilments fulfilments() {
        return new Fulfilments(
                new JdbcTemplate(database),
                serializer,
                new FulfilmentSettings(Duration.ofHours(1), Duration.ofDays(1)),
                new AnnotationSagaMetaModelFactory(parameters));
    }

    private void createStockTables() throws SQLException {
        PostgresSagaSqlSchema schema = new PostgresSagaSqlSchema();
        try (Connection connection = database.getConnection()) {
            schema.sql_createTableSagaEntry(connection).execute();
            schema.sql_createTableAssocValueEntry(connection).execute();
        }
    }

    private Handling ourNode() {
        Fulfilments fulfilments = fulfilments();
        AnnotatedSagaManager<OrderFulfilmentSaga> manager = manager(fulfilments);
        return (event, beforeEnd) -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
            FulfilmentBatch batch = fulfilments.open(Set.of(ORDER));
            ScopedValue.where(FulfilmentBatch.CURRENT, batch)
                    .run(() -> inUnitOfWork(manager, NoTransactionManager.INSTANCE, event, () -> {}));
            fulfilments.write(batch);
            beforeEnd.run();
        });
    }

    private Handling stockNode() {
        JdbcSagaStore store = JdbcSagaStore.builder()
                .connectionProvider(
                        new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(database)))
                .sqlSchema(new PostgresSagaSqlSchema())
                .serializer(serializer)
                .build();
        SagaRepository<OrderFulfilmentSaga> stock = AnnotatedSagaRepository.<OrderFulfilmentSaga>builder()
                .sagaType(OrderFulfilmentSaga.class)
                .parameterResolverFactory(parameters)
                .sagaStore(store)
                .build();
        AnnotatedSagaManager<OrderFulfilmentSaga> manager = manager(stock);
        return (event, beforeEnd) ->
                inUnitOfWork(manager, new SpringTransactionManager(transactions), event, beforeEnd);
    }

    @Test
    void two_answers_at_once_are_both_counted() throws Exception {
        twoAnswersAtOnce(ourNode(), ourNode(), () -> {});
        assertThat(state("SELECT state FROM fulfilment"))
                .contains("\"reserved\":[1,2]")
                .contains("AUTHORIZING");
    }

    @Test
    void the_stock_repository_forgets_one_of_two_answers_and_the_order_waits_for_ever() throws Exception {
        createStockTables();
        twoAnswersAtOnce(stockNode(), stockNode(), () -> {});
        assertThat(state("SELECT convert_from(serializedSaga, 'UTF8') FROM SagaEntry"))
                .contains("\"reserved\":[1]")
                .contains("RESERVING");
    }

    @Test
    void what_one_thread_rolls_back_another_has_never_seen() throws Exception {
        Handling node = ourNode();
        twoAnswersAtOnce(node, node, () -> {
            throw new IllegalStateException("rolled back");
        });
        assertThat(state("SELECT state FROM fulfilment"))
                .contains("\"reserved\":[2]")
                .contains("RESERVING");
    }

    @Test
    void the_stock_saga_passes_over_an_answer_that_comes_before_its_commit() throws Exception {
        createStockTables();
        Handling other = stockNode();
        stockNode().handle(placed(), () -> elsewhere(() -> other.handle(reserved(1, PEN), () -> {})));
        assertThat(state("SELECT convert_from(serializedSaga, 'UTF8') FROM SagaEntry"))
                .as("the answer was taken off the topic, and is forgotten")
                .contains("\"reserved\":[]");
    }

    @Test
    void an_answer_that_comes_before_the_commit_is_kept_for_later() {
        FulfilmentEvents events = new FulfilmentEvents(
                fulfilments(),
                new EventSource(),
                new WorkHandOver(
                        new WorkItems(new JdbcTemplate(database), serializer),
                        List.of(),
                        new LaneSettings(1, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(1))),
                new CommandChannel(
                        new Outbox(new JdbcTemplate(database), new CommandConverter(serializer), serializer),
                        new KafkaClients(KafkaFixture.settings("localhost:1")).producers(CommandChannel.PRODUCER),
                        new TransactionTemplate(transactions)));
        // thrown to the reader, which parks the answer; ours cannot come so early, for its question leaves after the
        // commit
        ourNode()
                .handle(
                        placed(),
                        () -> elsewhere(() -> assertThatThrownBy(() -> new TransactionTemplate(transactions)
                                        .executeWithoutResult(status -> events.handle(List.of(reserved(1, PEN)))))
                                .isInstanceOf(NoFulfilmentException.class)));
    }

    private void elsewhere(Runnable handling) {
        try {
            threads.submit(handling).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void inUnitOfWork(
            AnnotatedSagaManager<?> manager,
            TransactionManager transaction,
            EventMessage<?> event,
            Runnable beforeEnd) {
        UnitOfWork<EventMessage<?>> unitOfWork = DefaultUnitOfWork.startAndGet(event);
        unitOfWork.attachTransaction(transaction);
        var result = unitOfWork.executeWithResult(() -> {
            new Decisions().during(() -> {
                try {
                    manager.handle(event, Segment.ROOT_SEGMENT);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            beforeEnd.run();
            return null;
        });
        if (result.isExceptional()) {
            throw new IllegalStateException(result.exceptionResult());
        }
    }

    private String state(String sql) {
        return String.valueOf(new JdbcTemplate(database).queryForObject(sql, String.class));
    }
}
