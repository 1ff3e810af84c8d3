package io.orderflow.command.relay;

import io.orderflow.messaging.config.KafkaClients;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what was published is still there: topics with other ids than those that were published to are new and
 * empty, and get everything from the first event on.
 */
final class PublishedTopics implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PublishedTopics.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final Admin admin;
    private final List<String> topics;
    private long checkedAt;

    private PublishedTopics(Admin admin, List<String> topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /** Looks for the first time, before anything is published. */
    static PublishedTopics of(List<String> topics, KafkaClients clients, RelaySession session)
            throws SQLException, InterruptedException {
        PublishedTopics published = new PublishedTopics(clients.admin(LIMIT), topics);
        try {
            published.check(session);
            return published;
        } catch (SQLException | RuntimeException | InterruptedException e) {
            published.close();
            throw e;
        }
    }

    /** Looks again, when it is time. */
    void checkNowAndThen(RelaySession session) throws SQLException, InterruptedException {
        if (System.nanoTime() - checkedAt > INTERVAL) {
            check(session);
        }
    }

    private void check(RelaySession session) throws SQLException, InterruptedException {
        String found = ids();
        String known = session.topics();
        if (!found.equals(known)) {
            session.publishTo(found, known == null);
            if (known != null) {
                log.error("The topics were made anew ({}, before: {}): all events are published again", found, known);
            }
        }
        checkedAt = System.nanoTime();
    }

    private String ids() throws InterruptedException {
        try {
            Map<String, String> ids = new TreeMap<>();
            admin.describeTopics(topics)
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
            return ids.toString();
        } catch (ExecutionException e) {
            throw new KafkaException("the topics cannot be looked at", e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
