package io.orderflow.saga.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.api.order.OrderCommand;
import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.KafkaFixture;
import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.commands.CommandChannel;
import io.orderflow.messaging.commands.Outbox;
import io.orderflow.messaging.config.KafkaClients;
import io.orderflow.messaging.serialization.ContractSerializer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a transaction requests begins with its commit, on the node that decided it. */
class WorkHandOverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HikariDataSource database = SagaDatabase.open();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final ContractSerializer serializer = new ContractSerializer();
    private final WorkItems items = new WorkItems(jdbc, serializer);
    private final TransactionTemplate transactions =
            new TransactionTemplate(new DataSourceTransactionManager(database));
    private final Queue<String> done = new ConcurrentLinkedQueue<>();

    sealed interface Chore permits Sweep {}

    record Sweep(int number) implements Chore {}

    private final Lane<Chore> lane = new Lane<>("chores", Chore.class) {
        @Override
        protected List<OrderCommand> perform(OrderId orderId, Chore work) {
            done.add(orderId + " " + work);
            return List.of();
        }
    };

    @AfterEach
    void close() {
        database.close();
    }

    private static LaneSettings slots(int number) {
        return new LaneSettings(number, Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(1));
    }

    private LaneWorker<Chore> worker(LaneSettings settings) {
        CommandChannel channel = new CommandChannel(
                new Outbox(jdbc, new CommandConverter(serializer), serializer),
                new KafkaClients(KafkaFixture.settings("localhost:1")).producers(CommandChannel.PRODUCER),
                transactions);
        Completions completions = new Completions(items, channel, channel.deciding(transactions));
        return new LaneWorker<>(lane, items, completions, settings);
    }

    private static WorkItem sweep(OrderId order, int number) {
        return new WorkItem(order, "chores", new Sweep(number), MetaData.emptyInstance());
    }

    @Test
    void allThatIsRequestedIsDoneOnceAndInOrderHoweverFewTheSlots() {
        LaneSettings settings = slots(3);
        LaneWorker<Chore> worker = worker(settings);
        WorkHandOver handOver = new WorkHandOver(items, List.of(worker), settings);
        worker.start();
        List<OrderId> orders = IntStream.range(0, 50)
                .mapToObj(i -> new OrderId(UUID.randomUUID()))
                .toList();
        for (int number = 1; number <= 3; number++) {
            int next = number;
            transactions.executeWithoutResult(status -> handOver.add(
                    orders.stream().map(order -> sweep(order, next)).toList()));
        }
        await().atMost(PATIENCE).until(() -> count() == 0);
        worker.stop();
        assertThat(done).hasSize(150).doesNotHaveDuplicates();
        assertThat(orders)
                .allSatisfy(order -> assertThat(done.stream().filter(each -> each.startsWith(order.toString())))
                        .containsExactly(
                                order + " " + new Sweep(1), order + " " + new Sweep(2), order + " " + new Sweep(3)));
    }

    @Test
    void whatRollsBackIsNotBegunAndGivesItsSlotsBack() {
        LaneSettings settings = slots(1);
        LaneWorker<Chore> worker = worker(settings);
        WorkHandOver handOver = new WorkHandOver(items, List.of(worker), settings);
        worker.start();
        OrderId order = new OrderId(UUID.randomUUID());
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                    handOver.add(List.of(sweep(order, 1)));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        transactions.executeWithoutResult(status -> handOver.add(List.of(sweep(order, 2))));
        await().atMost(PATIENCE).until(() -> count() == 0);
        worker.stop();
        assertThat(done).containsExactly(order + " " + new Sweep(2));
    }

    @Test
    void whatANodeDidNotComeToIsDoneByAnotherWhenTheLeaseEnds() {
        LaneSettings brief = new LaneSettings(1, Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofSeconds(1));
        OrderId order = new OrderId(UUID.randomUUID());
        List<WorkItems.Leased> lost = items.add(List.of(sweep(order, 1)), List.of(true), brief.lease());
        assertThat(lost).hasSize(1); // by a node that dies now
        LaneWorker<Chore> worker = worker(slots(1));
        worker.start();
        await().atMost(PATIENCE).until(() -> count() == 0);
        worker.stop();
        assertThat(done).containsExactly(order + " " + new Sweep(1));
    }

    private long count() {
        Long left = jdbc.queryForObject("SELECT count(*) FROM work_item", Long.class);
        return left == null ? -1 : left;
    }
}
