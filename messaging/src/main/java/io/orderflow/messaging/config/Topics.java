package io.orderflow.messaging.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics of Orderflow and how they must be: kept for ever, and with a number of partitions that never changes, since
 * the order of one key's records would end with it.
 */
public final class Topics {

    /** Events of orders, keyed by order id. */
    public static final String ORDERS = "orders";

    /** Events of products and their stock, keyed by sku. */
    public static final String INVENTORY = "inventory";

    /** Commands from the saga, keyed by the id of their target. */
    public static final String COMMANDS = "commands";

    private final int partitions;
    private final short replicationFactor;

    Topics(int partitions, short replicationFactor) {
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
    }

    /**
     * Creates those of {@code names} that are missing.
     *
     * @throws ExecutionException when the broker is away or refuses
     */
    public void create(Admin admin, Collection<String> names) throws ExecutionException, InterruptedException {
        List<NewTopic> wanted = names.stream().map(this::describe).toList();
        for (var creation : admin.createTopics(wanted).values().values()) {
            try {
                creation.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        admin.describeTopics(names).allTopicNames().get().values().forEach(this::requirePartitions);
    }

    private NewTopic describe(String name) {
        return new NewTopic(
                        name,
                        Optional.of(partitions),
                        replicationFactor < 0 ? Optional.empty() : Optional.of(replicationFactor))
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1",
                        // an event is published whatever the clock said that dated it
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                        Long.toString(Long.MAX_VALUE),
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE));
    }

    /** @throws WrongPartitionsException when the topic has another number of partitions than configured */
    public void requirePartitions(TopicDescription topic) {
        if (topic.partitions().size() != partitions) {
            throw new WrongPartitionsException(topic.name(), topic.partitions().size(), partitions);
        }
    }

    /** A topic was made, or changed, with another number of partitions. */
    public static final class WrongPartitionsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongPartitionsException(String topic, int found, int wanted) {
            super("topic " + topic + " has " + found + " partitions, not " + wanted
                    + ". Events of one key would no longer"
                    + " be in order. Set orderflow.kafka.partitions to " + found + " if the topic is right; otherwise"
                    + " delete it and set relay_position to 0, so that all events are published anew");
        }
    }
}
