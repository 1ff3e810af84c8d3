package io.orderflow.command.relay;

import io.orderflow.messaging.config.KafkaClients;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Tells whether Kafka answers. For information: without it orders are accepted all the same, and the relay catches up.
 * Hence its own status, which counts in no aggregate.
 */
@Component
final class KafkaHealthIndicator extends AbstractHealthIndicator implements AutoCloseable {

    private static final Status DEGRADED =
            new Status("DEGRADED", "Kafka does not answer: events wait in the store to be published");
    private static final long LIMIT_SECONDS = 2;

    private final Admin admin;

    KafkaHealthIndicator(KafkaClients clients) {
        super("the health of Kafka could not be asked for");
        this.admin = clients.admin();
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws InterruptedException {
        try {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .size();
            builder.up().withDetail("brokers", brokers);
        } catch (ExecutionException | TimeoutException e) {
            builder.status(DEGRADED).withDetail("error", e.toString()); // an exception would be logged each time
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
