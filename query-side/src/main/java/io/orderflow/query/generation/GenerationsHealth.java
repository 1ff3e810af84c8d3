package io.orderflow.query.generation;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** For information: questions are answered while Kafka is away. */
@Component("kafka")
class GenerationsHealth implements HealthIndicator {

    private final Rebuilds rebuilds;

    GenerationsHealth(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    @Override
    public Health health() {
        return Health.up().withDetail("reading", rebuilds.isReading()).build();
    }
}
