package io.orderflow.query.order;

import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps the change feed from growing for ever. Every node does it; what another has forgotten is gone. */
@Configuration
@EnableScheduling
@EnableConfigurationProperties(StreamProperties.class)
class ForgottenChanges {

    private static final int AT_ONCE = 10_000;

    private final ChangeFeed feed;
    private final StreamProperties properties;

    ForgottenChanges(ChangeFeed feed, StreamProperties properties) {
        this.feed = feed;
        this.properties = properties;
    }

    @Scheduled(fixedDelay = 10, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void forget() {
        int forgotten;
        do {
            forgotten = feed.forget(properties.kept(), AT_ONCE);
        } while (forgotten == AT_ONCE);
    }
}
