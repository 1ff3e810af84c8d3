package io.orderflow.command.relay;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the relay works.
 *
 * @param batch events published with one Kafka transaction, at most
 * @param pace time between the beginnings of two batches, at least, unless one is full: a transaction costs the broker
 *     and its clients as much as hundreds of events
 * @param paceOfMany the same while thousands of events are stored in a second, when processors are wanted elsewhere
 * @param poll how long it waits for news before it looks for itself, and how often another node tries to take over
 * @param claim after which a relay that does nothing loses its claim to be the one: it is frozen, or Kafka is away.
 *     Longer than poll
 */
@ConfigurationProperties("orderflow.relay")
public record RelayProperties(
        @DefaultValue("2000") int batch,
        @DefaultValue("20ms") Duration pace,
        @DefaultValue("60ms") Duration paceOfMany,
        @DefaultValue("500ms") Duration poll,
        @DefaultValue("10s") Duration claim) {}
