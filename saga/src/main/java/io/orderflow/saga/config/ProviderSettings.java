package io.orderflow.saga.config;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The outside systems. All are simulated unless said otherwise.
 *
 * @param payment the simulated payment provider
 * @param shipping the simulated carrier
 * @param notification how customers are told
 */
@ConfigurationProperties("orderflow")
record ProviderSettings(
        @DefaultValue Payment payment,
        @DefaultValue Shipping shipping,
        @DefaultValue Notification notification) {

    /**
     * @param successRate share of authorizations that are granted, 0 to 1
     * @param delay of each answer
     * @param outage whether it does not answer
     */
    record Payment(
            @DefaultValue("0.85") double successRate,
            @DefaultValue("0s") Duration delay,
            @DefaultValue("false") boolean outage) {}

    /**
     * @param transit from dispatched to delivered
     * @param delay of each answer
     * @param outage whether it does not answer
     */
    record Shipping(
            @DefaultValue("500ms") Duration transit,
            @DefaultValue("0s") Duration delay,
            @DefaultValue("false") boolean outage) {}

    /**
     * @param delay of each message of the simulated channel
     * @param outage whether the simulated channel does not answer
     * @param email whether e-mail is sent over SMTP (spring.mail.*) instead of simulated
     * @param from sender of e-mail
     */
    record Notification(
            @DefaultValue("0s") Duration delay,
            @DefaultValue("false") boolean outage,
            @DefaultValue("false") boolean email,
            @DefaultValue("orders@localhost") String from) {}
}
