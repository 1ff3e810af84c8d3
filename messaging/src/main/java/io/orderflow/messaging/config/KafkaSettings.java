package io.orderflow.messaging.config;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param partitions of each topic; cannot be changed later without migrating
 * @param replicationFactor of topics that are created; -1 for the broker's default
 * @param properties further client settings, such as TLS and SASL
 */
@ConfigurationProperties("orderflow.kafka")
public record KafkaSettings(
        @DefaultValue("localhost:9092") String bootstrapServers,
        @DefaultValue("12") int partitions,
        @DefaultValue("-1") short replicationFactor,
        @DefaultValue Map<String, String> properties) {}
