package io.orderflow.query.generation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How generations are filled.
 *
 * @param threads of this node that apply to each
 * @param keep how long one that was replaced is kept, and fed, to go back to
 */
@ConfigurationProperties("orderflow.query.generations")
record GenerationProperties(
        @DefaultValue("2") int threads, @DefaultValue("24h") Duration keep) {}
