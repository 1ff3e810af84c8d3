package io.orderflow.saga.fulfilment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The patience of fulfilment.
 *
 * @param timeLimit in which stock and payment must be arranged; then the order is rejected as timed out
 * @param retention how long finished fulfilments stay, for late events
 */
@ConfigurationProperties("orderflow.fulfilment")
public record FulfilmentSettings(
        @DefaultValue("1h") Duration timeLimit,
        @DefaultValue("30d") Duration retention) {}
