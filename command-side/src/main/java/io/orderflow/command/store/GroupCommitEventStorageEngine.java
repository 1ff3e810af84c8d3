package io.orderflow.command.store;

import static org.axonframework.common.DateTimeUtils.formatInstant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.orderflow.messaging.serialization.UnknownMessageTypeException;
import io.orderflow.messaging.serialization.revisions.Revisions;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * The event store over PostgreSQL. Units of work hand their events to one writer, which stores all that wait with one
 * statement and one commit ({@link GroupWriter}); this returns when they are on disk.
 *
 * <p>Indexes are taken under a lock that every node's writer holds until its commit is visible: <b>index order is commit
 * order</b>. A reader that asks for what is above the last index it has seen misses nothing. Indexes may have holes.
 *
 * <p>Appending throws {@link AggregateStreamCreationException} or {@link ConcurrencyException} when another was faster,
 * {@link StoreUnavailable} when nothing was stored, {@link OutcomeUnknown} when that is not known, {@link EventTooLarge}.
 */
public final class GroupCommitEventStorageEngine extends AbstractEventStorageEngine implements AutoCloseable {

    /** The channel on which PostgreSQL tells each commit of any node (LISTEN). */
    public static final String COMMITS = "orderflow_events";

    /** The advisory lock of whoever stores, on any node, while indexes are taken until its commit is visible. */
    public static final long LOCK = 0x6F72646572666C6FL;

    private final StoreProperties properties;
    private final EventTable table;
    private final GroupWriter writer;
    private final Timer appends;
    private volatile boolean held;

    private GroupCommitEventStorageEngine(Builder builder) {
        super(builder);
        this.properties = builder.properties;
        this.table = new EventTable(builder.pool);
        this.writer = new GroupWriter(builder.connections, builder.properties, builder.meters);
        this.appends = Timer.builder("orderflow.store.append")
                .description("how long a unit of work waits until its events are on disk")
                .publishPercentiles(0.5, 0.99)
                .register(builder.meters);
    }

    /**
     * @param connections for the writer
     * @param pool for reading
     * @param events serializer of events and their metadata; what it writes is stored and published as it is
     */
    public static GroupCommitEventStorageEngine create(
            PostgresConnections connections,
            DataSource pool,
            Serializer events,
            Serializer snapshots,
            StoreProperties properties,
            MeterRegistry meters) {
        Builder builder = new Builder(connections, pool, properties, meters);
        builder.eventSerializer(events).snapshotSerializer(snapshots).upcasterChain(Revisions.UPCASTERS);
        return new GroupCommitEventStorageEngine(builder);
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        requireNotHeld();
        Append append = new Append(EventRow.of(events, serializer), properties.limit());
        append.rows().forEach(this::refuseLarge);
        appends.record(() -> writer.append(append));
    }

    private void refuseLarge(EventRow row) {
        long limit = properties.eventSize().toBytes();
        if (row.size() > limit) {
            throw new EventTooLarge(row.payloadType(), row.size(), limit);
        }
    }

    /**
     * The events of an aggregate, in today's revisions.
     *
     * @throws UnknownMessageTypeException at an event of a newer release: nothing may be decided without it
     */
    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        requireNotHeld();
        return super.readEvents(aggregateIdentifier, firstSequenceNumber).filter(this::requireKnown);
    }

    /** @param held whether the store lacks events that others know: then nothing is decided from it, not even a refusal */
    public void setHeld(boolean held) {
        this.held = held;
    }

    private void requireNotHeld() {
        if (held) {
            throw StoreUnavailable.held();
        }
    }

    private boolean requireKnown(DomainEventMessage<?> event) {
        if (event.getPayloadType() == UnknownSerializedType.class) {
            throw new UnknownMessageTypeException(((UnknownSerializedType) event.getPayload()).serializedType());
        }
        return true;
    }

    /** All events above an index in the store's order, byte by byte as they are stored: not upcast. */
    public Stream<TrackedEventMessage<?>> readAsStored(long afterIndex) {
        return EventUtils.upcastAndDeserializeTrackedEvents(
                StreamSupport.stream(new Tail(afterIndex), false), getEventSerializer(), NoOpEventUpcaster.INSTANCE);
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String identifier, long firstSequenceNumber) {
        return table.stream(identifier, firstSequenceNumber).stream();
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(@Nullable TrackingToken token, boolean mayBlock) {
        return StreamSupport.stream(new Tail(indexOf(token)), false);
    }

    private static long indexOf(@Nullable TrackingToken token) {
        return switch (token) {
            case null -> -1;
            case GlobalSequenceTrackingToken global -> global.getGlobalIndex();
            default -> throw new IllegalArgumentException("not a token of this store: " + token);
        };
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
        return table.snapshot(aggregateIdentifier).stream();
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        table.storeSnapshot(EventRow.of(List.of(snapshot), serializer).getFirst());
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        return table.lastSequenceNumber(aggregateIdentifier);
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(-1);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(table.lastIndex().orElse(-1L));
    }

    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        return table.lastIndexBefore(formatInstant(dateTime))
                .<TrackingToken>map(GlobalSequenceTrackingToken::new)
                .orElseGet(this::createHeadToken);
    }

    /** Stores what waits, refuses what comes, and leaves nobody without an answer. */
    @Override
    public void close() {
        writer.close();
    }

    /** One stream over all pages: it fetches the next one when the last is used up, and ends at the first empty one. */
    private final class Tail extends AbstractSpliterator<TrackedDomainEventData<byte[]>> {

        private long index;
        private Iterator<TrackedDomainEventData<byte[]>> page =
                List.<TrackedDomainEventData<byte[]>>of().iterator();

        Tail(long afterIndex) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL);
            this.index = afterIndex;
        }

        @Override
        public boolean tryAdvance(Consumer<? super TrackedDomainEventData<byte[]>> action) {
            if (!page.hasNext()) {
                page = table.page(index, properties.page()).iterator();
            }
            if (!page.hasNext()) {
                return false;
            }
            TrackedDomainEventData<byte[]> next = page.next();
            index = indexOf(next.trackingToken());
            action.accept(next);
            return true;
        }
    }

    private static final class Builder extends AbstractEventStorageEngine.Builder {

        private final PostgresConnections connections;
        private final DataSource pool;
        private final StoreProperties properties;
        private final MeterRegistry meters;

        Builder(PostgresConnections connections, DataSource pool, StoreProperties properties, MeterRegistry meters) {
            this.connections = connections;
            this.pool = pool;
            this.properties = properties;
            this.meters = meters;
        }
    }
}
