package io.orderflow.query.order;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How changes are streamed.
 *
 * @param heartbeat after so long without a change a stream says that it is alive
 * @param most streams that one node serves at a time
 * @param kept how long changes are kept for those who come back
 */
@ConfigurationProperties("orderflow.query.streams")
record StreamProperties(
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("2000") int most,
        @DefaultValue("7d") Duration kept) {}
