package io.orderflow.command.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the event store.
 *
 * @param limit how long a command waits for its events to be stored; below the HTTP limit
 * @param waiting units of work that may wait; one more is refused
 * @param group units of work that are stored at once, at most
 * @param eventSize size of the largest event
 * @param page events that a reader fetches at once
 */
@ConfigurationProperties("orderflow.store")
public record StoreProperties(
        @DefaultValue("5s") Duration limit,
        @DefaultValue("4096") int waiting,
        @DefaultValue("1000") int group,
        @DefaultValue("256KB") DataSize eventSize,
        @DefaultValue("2000") int page) {}
