package io.orderflow.saga.work;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How outside effects are carried out.
 *
 * @param concurrency calls of one lane that are under way at once, on one node
 * @param timeLimit of one call; afterwards its outcome is unknown, and it is asked again
 * @param lease longer than the time limit: afterwards another node takes the item over
 * @param longestBackoff between two attempts
 */
@ConfigurationProperties("orderflow.work")
public record LaneSettings(
        @DefaultValue("1024") int concurrency,
        @DefaultValue("10s") Duration timeLimit,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("30s") Duration longestBackoff) {}
