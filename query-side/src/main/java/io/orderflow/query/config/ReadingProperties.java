package io.orderflow.query.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are read.
 *
 * @param reader consumer group, and key of the stored positions
 * @param threads consumers of this node
 */
@ConfigurationProperties("orderflow.query")
record ReadingProperties(
        @DefaultValue("query-side") String reader,
        @DefaultValue("2") int threads) {}
