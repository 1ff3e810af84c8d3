package io.orderflow.command.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.api.CommandRejected;
import io.orderflow.command.store.GroupCommitEventStorageEngine;
import io.orderflow.command.store.TestStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.ConflictingModificationException;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one event store, each with a cache that knows nothing of the other's appends. */
class TwoNodesIT {

    record Open(@TargetAggregateIdentifier String id) {}

    record Close(@TargetAggregateIdentifier String id) {}

    record Enter(@TargetAggregateIdentifier String id) {}

    record Opened(String id) {}

    record Closed(String id) {}

    record Entered(String id) {}

    /** A door: who finds it closed is refused. */
    @SuppressWarnings({"unused", "NullAway.Init"})
    static class Door {

        @AggregateIdentifier
        private String id;

        private boolean open;

        Door() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Open command) {
            if (!open) {
                AggregateLifecycle.apply(new Opened(command.id()));
            }
        }

        @CommandHandler
        void handle(Close command) {
            if (open) {
                AggregateLifecycle.apply(new Closed(command.id()));
            }
        }

        @CommandHandler
        long handle(Enter command) {
            if (!open) {
                throw new CommandRejected("the door is closed; open it");
            }
            AggregateLifecycle.apply(new Entered(command.id()));
            return AggregateLifecycle.getVersion();
        }

        @EventSourcingHandler
        void on(Opened event) {
            id = event.id();
            open = true;
        }

        @EventSourcingHandler
        void on(Closed event) {
            open = false;
        }
    }

    private final TestStore store = new TestStore();
    private final Node one = new Node();
    private final Node other = new Node();

    private final class Node {

        private final GroupCommitEventStorageEngine engine = store.engine();
        private final AggregateCommandBus bus;
        private final Commands commands;

        Node() {
            EmbeddedEventStore events =
                    EmbeddedEventStore.builder().storageEngine(engine).build();
            events.registerDispatchInterceptor(appended -> {
                Decision.hasAppended();
                return (index, event) -> event;
            });
            Cache cache = new AggregateCache(1000);
            ExpectedVersions targets = new ExpectedVersions();
            bus = new AggregateCommandBus(SimpleCommandBus.builder(), targets, List.of(cache));
            commands = new Commands(bus, 1000);
            EventSourcingRepository<Door> doors = EventSourcingRepository.builder(Door.class)
                    .eventStore(events)
                    .cache(cache)
                    .build();
            AggregateAnnotationCommandHandler.<Door>builder()
                    .aggregateType(Door.class)
                    .repository(doors)
                    .commandTargetResolver(targets)
                    .build()
                    .subscribe(bus);
        }

        void decide(Object command) {
            commands.decide(command, MetaData.emptyInstance(), Object.class);
        }

        void decideOnVersion(Object command, long version) {
            commands.decide(
                    command, MetaData.with(ExpectedVersions.EXPECTED_VERSION, Long.toString(version)), Object.class);
        }
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private List<String> history(String door) {
        return one.engine
                .readEvents(door)
                .asStream()
                .map(event -> event.getPayloadType().getSimpleName())
                .toList();
    }

    @Test
    void aRefusalFromAStaleCacheIsDecidedAgain() {
        one.decide(new Open("a"));
        one.decide(new Close("a"));
        other.decide(new Open("a"));
        one.decide(new Enter("a")); // its cache says closed
        assertThat(history("a")).containsExactly("Opened", "Closed", "Opened", "Entered");
    }

    @Test
    void aRefusalFromAFreshLoadStands() {
        one.decide(new Open("a"));
        one.decide(new Close("a"));
        assertThatThrownBy(() -> one.decide(new Enter("a"))).isInstanceOf(CommandRejected.class);
        assertThatThrownBy(() -> other.decide(new Enter("a"))).isInstanceOf(CommandRejected.class);
    }

    @Test
    void aRepeatFromAStaleCacheIsDecidedAgain() {
        one.decide(new Open("a"));
        other.decide(new Close("a"));
        one.decide(new Open("a")); // its cache says open: nothing to do
        assertThat(history("a")).containsExactly("Opened", "Closed", "Opened");
    }

    @Test
    void aConflictIsRetried() {
        one.decide(new Open("a"));
        other.decide(new Enter("a"));
        one.decide(new Enter("a")); // would be event 1 again
        other.decide(new Enter("a"));
        assertThat(history("a")).containsExactly("Opened", "Entered", "Entered", "Entered");
    }

    @Test
    void whatWasMissingIsCreatedOnceWhenTwoNodesCreateIt() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                String door = "door-" + i;
                Future<?> first = threads.submit(() -> one.decide(new Open(door)));
                Future<?> second = threads.submit(() -> other.decide(new Open(door)));
                first.get();
                second.get();
                assertThat(history(door)).containsExactly("Opened");
            }
        }
    }

    @Test
    void underAnExpectedVersionOnlyThatVersionDecidesHoweverStaleTheCache() {
        one.decide(new Open("a"));
        other.decide(new Enter("a"));
        one.decideOnVersion(new Enter("a"), 1); // its cache is at 0
        assertThatThrownBy(() -> other.decideOnVersion(new Enter("a"), 1))
                .isInstanceOf(ConflictingModificationException.class);
        assertThat(history("a")).containsExactly("Opened", "Entered", "Entered");
    }

    @Test
    void allCommandsForOneTargetAreStoredTogetherOrNotAtAll() {
        one.bus.dispatchAll(messages(new Open("a"), new Enter("a"), new Enter("a")));
        assertThat(history("a")).containsExactly("Opened", "Entered", "Entered");
        assertThatThrownBy(() -> one.bus.dispatchAll(messages(new Enter("a"), new Close("a"), new Enter("a"))))
                .isInstanceOf(CommandRejected.class);
        assertThat(history("a")).hasSize(3);
    }

    private static List<CommandMessage<?>> messages(Object... commands) {
        return Arrays.stream(commands)
                .<CommandMessage<?>>map(GenericCommandMessage::asCommandMessage)
                .toList();
    }

    @Test
    void fiveHundredCommandsAtOnceDoNotStarveOnAPoolOfFour() throws Exception {
        one.decide(new Open("busy"));
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 500).forEach(i -> {
                Node node = i % 2 == 0 ? one : other;
                all.add(threads.submit(() -> {
                    node.decide(new Open("door-" + i));
                    node.decide(new Enter("door-" + i));
                }));
            });
            for (Future<?> decided : all) {
                decided.get();
            }
        }
        assertThat(IntStream.range(0, 500).mapToObj(i -> history("door-" + i)))
                .allSatisfy(history -> assertThat(history).containsExactly("Opened", "Entered"));
    }
}
