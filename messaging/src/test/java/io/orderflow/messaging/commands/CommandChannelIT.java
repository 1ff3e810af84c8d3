package io.orderflow.messaging.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.api.order.OrderCommand.ConfirmOrder;
import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.KafkaFixture;
import io.orderflow.messaging.MessagingDatabase;
import io.orderflow.messaging.cloudevents.CommandConverter;
import io.orderflow.messaging.cloudevents.ReceivedRecord;
import io.orderflow.messaging.config.Topics;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

/** Commands that leave only with the decision to send them, and always then. */
class CommandChannelIT {

    private static KafkaServer broker;
    private static KafkaFixture kafka;

    private final CommandConverter converter = new CommandConverter(new ContractSerializer());
    private final MessagingDatabase database = new MessagingDatabase();
    private final Outbox outbox = new Outbox(database.jdbcTemplate(), converter, new ContractSerializer());
    private final List<CommandChannel> channels = new ArrayList<>();
    private final OrderId order = new OrderId(UUID.randomUUID());

    @BeforeAll
    static void startBroker() {
        broker = KafkaServer.start(TestServers.temporaryFolder());
        kafka = new KafkaFixture(broker.bootstrapServers());
        kafka.createTopic(Topics.COMMANDS);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void stop() {
        channels.forEach(CommandChannel::stop);
        database.close();
    }

    private CommandChannel newChannel() {
        return new CommandChannel(outbox, kafka.clients().producers(CommandChannel.PRODUCER), database.transactions());
    }

    private CommandChannel started(CommandChannel channel) {
        channels.add(channel);
        channel.start();
        return channel;
    }

    private List<CommandMessage<?>> commands(int from, int to) {
        return IntStream.range(from, to)
                .<CommandMessage<?>>mapToObj(number -> new GenericCommandMessage<>(new ConfirmOrder(order))
                        .withMetaData(java.util.Map.of("causationId", Integer.toString(number))))
                .toList();
    }

    /** The numbers of the commands on the topic for this test's order, in their order. */
    private List<Integer> sent() {
        List<Integer> numbers = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = kafka.clients().consumer("spy-" + UUID.randomUUID())) {
            List<TopicPartition> partitions = IntStream.range(0, KafkaFixture.PARTITIONS)
                    .mapToObj(number -> new TopicPartition(Topics.COMMANDS, number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(received -> {
                    if (order.toString().equals(received.key())) {
                        numbers.add(Integer.valueOf(converter
                                .fromRecord(new ReceivedRecord(received))
                                .getMetaData()
                                .get("causationId")
                                .toString()));
                    }
                });
            }
        }
        return numbers;
    }

    @Test
    void nothing_leaves_before_the_commit_and_everything_after_it() {
        CommandChannel channel = started(newChannel());
        TransactionOperations deciding = channel.deciding(database.transactions());
        deciding.executeWithoutResult(status -> {
            channel.send(commands(0, 3));
            assertThat(sent()).isEmpty();
        });
        assertThat(sent()).containsExactly(0, 1, 2);
        assertThat(outbox.size()).isZero();
    }

    @Test
    void a_decision_that_is_rolled_back_sends_nothing() {
        CommandChannel channel = started(newChannel());
        TransactionOperations deciding = channel.deciding(database.transactions());
        assertThatThrownBy(() -> deciding.executeWithoutResult(status -> {
                    channel.send(commands(0, 3));
                    throw new IllegalStateException("undecided");
                }))
                .hasMessage("undecided");
        assertThat(sent()).isEmpty();
        assertThat(outbox.size()).isZero();
    }

    @Test
    void what_a_crash_left_behind_is_sent_by_another_node() {
        // the process dies between its commit and its sending: the rows are there, nobody has sent them
        database.transactions().executeWithoutResult(status -> outbox.add(commands(0, 3)));
        started(newChannel());
        await().atMost(Duration.ofSeconds(30)).until(() -> outbox.size() == 0);
        assertThat(sent()).containsExactly(0, 1, 2);
    }

    @Test
    void a_command_does_not_overtake_an_older_one_that_another_node_has_not_sent_yet() {
        // another node has committed, and is frozen before it sends
        database.transactions().executeWithoutResult(status -> outbox.add(commands(0, 1)));
        CommandChannel channel = newChannel();
        TransactionOperations deciding = channel.deciding(database.transactions());
        deciding.executeWithoutResult(status -> channel.send(commands(1, 2)));
        deciding.executeWithoutResult(status -> channel.send(commands(2, 3)));
        assertThat(sent()).isEmpty();
        started(channel);
        await().atMost(Duration.ofSeconds(30)).until(() -> outbox.size() == 0);
        assertThat(sent()).containsExactly(0, 1, 2);
    }

    @Test
    void while_the_broker_is_away_commands_wait_and_then_go_in_their_order() {
        CommandChannel channel = started(newChannel());
        TransactionOperations deciding = channel.deciding(database.transactions());
        broker.stop();
        deciding.executeWithoutResult(status -> channel.send(commands(0, 2)));
        deciding.executeWithoutResult(status -> channel.send(commands(2, 4)));
        assertThat(outbox.size()).isEqualTo(4);
        broker.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> outbox.size() == 0);
        deciding.executeWithoutResult(status -> channel.send(commands(4, 6)));
        await().atMost(Duration.ofSeconds(60)).until(() -> outbox.size() == 0);
        assertThat(sent().stream().distinct()).containsExactly(0, 1, 2, 3, 4, 5);
    }
}
