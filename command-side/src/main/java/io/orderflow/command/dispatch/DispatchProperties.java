package io.orderflow.command.dispatch;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How commands are decided.
 *
 * @param cachedOrders orders kept in memory after a command
 * @param cachedStockItems products kept in memory after a command
 * @param atOnce commands of clients that are decided at once, each waiting for the event store; one more is refused
 * @param readers threads of this node that handle commands from Kafka
 */
@ConfigurationProperties("orderflow.commands")
public record DispatchProperties(
        @DefaultValue("20000") int cachedOrders,
        @DefaultValue("5000") int cachedStockItems,
        @DefaultValue("1000") int atOnce,
        @DefaultValue("2") int readers) {}
