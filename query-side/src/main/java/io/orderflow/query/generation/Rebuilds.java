package io.orderflow.query.generation;

import io.orderflow.messaging.parking.Retriable;
import io.orderflow.messaging.reading.Backoff;
import io.orderflow.messaging.reading.InfrastructureException;
import io.orderflow.query.generation.Generation.State;
import io.orderflow.query.projection.AppliedOrders;
import io.orderflow.query.projection.Published;
import io.orderflow.query.projection.ReadModel;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does on this node what the table of generations says: reads for those that are to be fed, stops for those that are not,
 * begins one when this release has none, and has one serve that has caught up. What is decided is in the table only: every
 * step can be taken by any node, twice, or by another after this one has died.
 */
@Component
@EnableConfigurationProperties(GenerationProperties.class)
class Rebuilds implements SmartLifecycle, Retriable.Source, AppliedOrders {

    private static final Logger log = LoggerFactory.getLogger(Rebuilds.class);

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration TIDY_UP = Duration.ofSeconds(10);

    /** No batch takes longer: the connections' transaction timeout is a minute. */
    private static final Duration LONGEST_BATCH = Duration.ofMinutes(2);

    /** So few records behind that they come soon after what a generation needs to serve is made. */
    private static final long NEARLY_THERE = 5_000;

    /** So few that the one that serves may stand still until they are applied. */
    private static final long CLOSE = 1_000;

    /** So often the first generation, which serves when it has what there was then, is given more to have. */
    private static final Duration NEXT_GOAL = Duration.ofSeconds(10);

    private static final String BEHIND = """
            SELECT CASE WHEN bool_or(n.reader IS NULL) THEN NULL
                ELSE coalesce(sum(greatest(0, o.next_offset - n.next_offset)), 0)::bigint END
            FROM reader_position o LEFT JOIN reader_position n
                ON n.reader = ? AND n.topic = o.topic AND n.partition = o.partition
            WHERE o.reader = ?
            """;

    private final Generations generations;
    private final ReadSchemas schemas;
    private final Switch switching;
    private final GenerationReader.Factory factory;
    private final Published published;
    private final GenerationProperties properties;
    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;
    private final Map<String, GenerationReader> readers = new ConcurrentHashMap<>();
    private final Map<String, Goal> goals = new HashMap<>(); // of readers; only for whoever looks
    private final Rates rates = new Rates();
    private final Backoff backoff = new Backoff();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stopping = lock.newCondition();
    private long tidiedUpAt = System.nanoTime();
    private volatile boolean running;
    private @Nullable Thread thread;

    private record Goal(Published.Extent extent, long at) {}

    Rebuilds(
            Generations generations,
            ReadSchemas schemas,
            Switch switching,
            GenerationReader.Factory factory,
            Published published,
            GenerationProperties properties,
            PlatformTransactionManager manager,
            JdbcClient jdbc) {
        this.generations = generations;
        this.schemas = schemas;
        this.switching = switching;
        this.factory = factory;
        this.published = published;
        this.properties = properties;
        this.transactions = new TransactionTemplate(manager);
        this.jdbc = jdbc;
    }

    private void look() {
        for (ReadModel model : ReadModel.values()) {
            Optional<Generation> complete = generations.newestComplete(model);
            if (complete.isEmpty() && generations.building(model).isEmpty()) {
                generations.begin(model);
            }
            feed(model);
            show(model, complete);
            showToPeople(model);
        }
        if (System.nanoTime() - tidiedUpAt > TIDY_UP.toNanos()) {
            tidiedUpAt = System.nanoTime();
            tidyUp();
        }
        // needs Kafka, so it comes last: while that is away everything else is looked after
        for (ReadModel model : ReadModel.values()) {
            generations.building(model).filter(building -> !building.paused()).ifPresent(this::bringToServe);
        }
    }

    /** Has this node read for exactly those generations that are to be fed. */
    private void feed(ReadModel model) {
        for (Generation generation : generations.all(model)) {
            GenerationReader reader = readers.get(generation.reader());
            if (!generation.isFed()) {
                if (reader != null) {
                    reader.stop();
                    readers.remove(generation.reader());
                }
                continue;
            }
            if (reader == null) {
                schemas.create(generation);
                reader = factory.of(generation);
                reader.start();
                readers.put(generation.reader(), reader);
            }
            if (generation.state() == State.BUILDING) {
                drive(reader, generation);
            } else {
                reader.unlimited();
            }
        }
    }

    private void drive(GenerationReader reader, Generation building) {
        Map<TopicPartition, Long> applied = published.applied(building.reader());
        Integer eventsPerSecond = building.eventsPerSecond();
        if (eventsPerSecond == null) {
            reader.unlimited();
        } else {
            reader.limit(eventsPerSecond, applied.size());
        }
        rates.sample(building.reader(), sum(applied));
    }

    /** What this release reads: its own generation; until it has one, that of the release before, with what is new empty. */
    private void show(ReadModel model, Optional<Generation> complete) {
        if (schemas.isPresented(model)) {
            return;
        }
        Optional<Generation> serving =
                generations.serving(model).flatMap(known -> generations.find(model, known.number()));
        Optional<Generation> shape = complete.or(() -> generations.building(model));
        complete.or(() -> serving)
                .ifPresent(data ->
                        transactions.executeWithoutResult(status -> schemas.present(data, shape.orElseThrow())));
    }

    private void showToPeople(ReadModel model) {
        Optional<Generation> serving = generations
                .serving(model)
                .flatMap(known -> generations.find(model, known.number()))
                .filter(schemas::isHiddenFromPeople);
        serving.ifPresent(data -> transactions.executeWithoutResult(status -> schemas.presentToPeople(data)));
    }

    private void bringToServe(Generation building) {
        if (building.goal() == null) {
            generations.setGoal(building, total(building.model()));
        }
        Optional<Generation> serving = generations
                .serving(building.model())
                .flatMap(known -> generations.find(building.model(), known.number()));
        if (serving.isEmpty()) {
            if (hasWhatThereWas(building)) {
                schemas.complete(building);
                switching.serveFirst(building);
            }
        } else {
            bringInPlaceOf(serving.get(), building);
        }
    }

    /** While orders come in, a reader has hardly ever applied all that there is; what there was a moment before, it soon has. */
    private boolean hasWhatThereWas(Generation building) {
        Goal goal = goals.get(building.reader());
        if (goal == null || System.nanoTime() - goal.at() > NEXT_GOAL.toNanos()) {
            goal = new Goal(published.extent(building.model().topics()), System.nanoTime());
            goals.put(building.reader(), goal);
        }
        return published.isAppliedBy(building.reader(), goal.extent());
    }

    private void bringInPlaceOf(Generation serving, Generation building) {
        if (recordsBehind(building, serving) <= NEARLY_THERE) {
            schemas.complete(building);
            if (recordsBehind(building, serving) <= close(building)) { // it may have taken a while
                haveServe(building);
            }
        }
    }

    private static long close(Generation building) {
        Integer limit = building.eventsPerSecond();
        return limit == null ? CLOSE : Math.min(CLOSE, limit / 10);
    }

    private void haveServe(Generation building) {
        try {
            boolean unused = switching.to(building);
        } catch (Comparison.Differs e) {
            log.error("{} is not taken into service: {}", building.schema(), e.getMessage());
            boolean unused = generations.become(building, State.FAILED, e.getMessage());
        }
    }

    /** How many records {@code one} has yet to read; endless while there are partitions that it has not begun. */
    private long recordsBehind(Generation one, Generation other) {
        return jdbc.sql(BEHIND)
                .param(one.reader())
                .param(other.reader())
                .query((row, i) -> row.getObject(1, Long.class) == null ? Long.MAX_VALUE : row.getLong(1))
                .single();
    }

    private void tidyUp() {
        schemas.dropReplaced();
        for (Generation unneeded : generations.unneeded(properties.keep(), LONGEST_BATCH)) {
            drop(unneeded);
        }
    }

    private void drop(Generation unneeded) {
        if (unneeded.state() == State.KEPT) {
            // nobody feeds it from now on; dropped the next time
            boolean unused = generations.become(unneeded, State.CANCELLED, null);
            return;
        }
        transactions.executeWithoutResult(status -> schemas.drop(unneeded));
        if (unneeded.state() == State.CANCELLED) {
            boolean unused = generations.become(unneeded, State.DROPPED, null);
        }
        log.info("{} is dropped", unneeded.schema());
    }

    private long done(Generation generation) {
        return sum(published.applied(generation.reader()));
    }

    private long total(ReadModel model) {
        return sum(published.ends(model.topics()));
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    Progress progress(Generation generation) {
        Long total = null;
        try {
            total = total(generation.model());
        } catch (InfrastructureException e) {
            log.info("{}", e.getMessage());
        }
        long rate = generation.state() == State.BUILDING ? rates.of(generation.reader()) : 0;
        return Progress.of(generation, done(generation), total, rate);
    }

    @Override
    public boolean isAll() {
        return generations
                .serving(ReadModel.ORDERS)
                .flatMap(known -> generations.find(ReadModel.ORDERS, known.number()))
                .map(serving ->
                        published.isAppliedBy(serving.reader(), serving.model().topics()))
                .orElse(false);
    }

    /** Whether every partition assigned to this node is being read and nothing fails. */
    boolean isReading() {
        return !readers.isEmpty() && readers.values().stream().allMatch(GenerationReader::isReading);
    }

    @Override
    public Collection<GenerationReader> readers() {
        return List.copyOf(readers.values());
    }

    /** This node's reader for what serves; empty while none does. */
    Optional<GenerationReader> servingReader(ReadModel model) {
        return generations
                .serving(model)
                .flatMap(known -> generations.find(model, known.number()))
                .map(serving -> readers.get(serving.reader()));
    }

    @Override
    public synchronized void start() {
        running = true;
        tryToLook(); // a system that is new, or was complete, answers at once
        thread = Thread.ofPlatform().name("generations").start(this::run);
    }

    private void run() {
        while (running) {
            pause();
            if (running && backoff.isOver()) {
                tryToLook();
            }
        }
    }

    private void tryToLook() {
        try {
            look();
            backoff.succeeded("looking after generations");
        } catch (DataAccessException | InfrastructureException | FlywayException e) {
            backoff.failed("looking after generations", e);
        }
    }

    private void pause() {
        lock.lock();
        try {
            if (running) {
                boolean unused = stopping.await(LOOK.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public synchronized void stop() {
        lock.lock();
        try {
            running = false;
            stopping.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        readers.values().parallelStream().forEach(GenerationReader::stop);
        readers.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After what it hands events to, before the web server: reading stops after requests did. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 5000;
    }
}
