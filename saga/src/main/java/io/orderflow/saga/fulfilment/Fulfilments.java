package io.orderflow.saga.fulfilment;

import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderId;
import io.orderflow.messaging.database.BinaryArray;
import io.orderflow.messaging.serialization.ContractSerializer;
import io.orderflow.saga.fulfilment.FulfilmentBatch.Managed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.annotation.MessageHandlerInterceptorMemberChain;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSaga;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.Saga;
import org.axonframework.modelling.saga.SagaRepository;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sagas, one row per order; a saga's id is its order's id. All rows of a batch are read with one statement, which locks
 * them in key order, and written with one.
 */
final class Fulfilments implements SagaRepository<OrderFulfilmentSaga> {

    private static final String ASSOCIATION = "orderId";

    private static final String READ = "SELECT order_id, state, last_sequence, finished_at IS NOT NULL FROM fulfilment"
            + " WHERE order_id = ANY (?::uuid[]) ORDER BY order_id FOR UPDATE";

    private static final String ROWS = " FROM unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::boolean[],"
            + " ?::boolean[]) AS r (order_id, stage, state, last_sequence, can_be_overdue, finished)";

    // a plain INSERT: a row that is there already is a contradiction, never to be overwritten
    private static final String INSERT =
            "INSERT INTO fulfilment (order_id, stage, state, last_sequence, due_at, finished_at)"
                    + " SELECT order_id, stage, state, last_sequence,"
                    + " CASE WHEN can_be_overdue THEN now() + make_interval(secs => ?) END,"
                    + " CASE WHEN finished THEN now() END" + ROWS;

    // ANY (ARRAY[...]) can only be looked up; a join by = can begin with the whole table, and does for each batch
    // where it was planned when that was nearly empty
    static final String UPDATE =
            "UPDATE fulfilment f SET stage = r.stage, state = r.state, last_sequence = r.last_sequence,"
                    + " updated_at = now(), due_at = CASE WHEN r.can_be_overdue THEN f.due_at END,"
                    + " finished_at = CASE WHEN r.finished THEN COALESCE(f.finished_at, now()) END" + ROWS
                    + " WHERE f.order_id = ANY (ARRAY[r.order_id])";

    private final JdbcOperations jdbc;
    private final JsonMapper mapper;
    private final Duration timeLimit;
    private final SagaModel<OrderFulfilmentSaga> model;
    private final MessageHandlerInterceptorMemberChain<OrderFulfilmentSaga> interceptors;

    Fulfilments(
            JdbcOperations jdbc,
            ContractSerializer serializer,
            FulfilmentSettings settings,
            AnnotationSagaMetaModelFactory models) {
        this.jdbc = jdbc;
        this.mapper = serializer.mapper();
        this.timeLimit = settings.timeLimit();
        this.model = models.modelOf(OrderFulfilmentSaga.class);
        this.interceptors = models.chainedInterceptor(OrderFulfilmentSaga.class);
    }

    /** Reads and locks the rows of {@code orderIds}. */
    FulfilmentBatch open(Collection<OrderId> orderIds) {
        FulfilmentBatch batch = new FulfilmentBatch();
        jdbc.query(READ, this::read, BinaryArray.uuids(orderIds, OrderId::value))
                .forEach(batch::add);
        return batch;
    }

    private Managed read(ResultSet row, int number) throws SQLException {
        OrderId orderId = new OrderId(row.getObject(1, UUID.class));
        OrderFulfilmentSaga root = mapper.readValue(row.getString(2), OrderFulfilmentSaga.class);
        return new Managed(orderId, annotated(orderId, root), false, row.getBoolean(4), row.getLong(3));
    }

    private AnnotatedSaga<OrderFulfilmentSaga> annotated(OrderId orderId, OrderFulfilmentSaga root) {
        Set<AssociationValue> association = Set.of(new AssociationValue(ASSOCIATION, orderId.toString()));
        return new AnnotatedSaga<>(orderId.toString(), association, root, model, interceptors);
    }

    /** Writes every row of {@code batch}. */
    void write(FulfilmentBatch batch) {
        Collection<Managed> all = batch.all();
        insert(all.stream().filter(managed -> managed.isNew).toList());
        update(all.stream().filter(managed -> !managed.isNew).toList());
    }

    private void insert(List<Managed> sagas) {
        if (!sagas.isEmpty()) {
            Object[] rows = rows(sagas);
            Object[] withLimit = new Object[rows.length + 1];
            withLimit[0] = timeLimit.toMillis() / 1000.0;
            System.arraycopy(rows, 0, withLimit, 1, rows.length);
            jdbc.update(INSERT, withLimit);
        }
    }

    private void update(List<Managed> sagas) {
        if (!sagas.isEmpty()) {
            jdbc.update(UPDATE, rows(sagas));
        }
    }

    private Object[] rows(List<Managed> sagas) {
        return new Object[] {
            BinaryArray.uuids(sagas, managed -> managed.orderId.value()),
            sagas.stream().map(managed -> managed.saga.root().stage().name()).toArray(String[]::new),
            sagas.stream()
                    .map(managed -> mapper.writeValueAsString(managed.saga.root()))
                    .toArray(String[]::new),
            sagas.stream().map(managed -> managed.lastSequence).toArray(Long[]::new),
            sagas.stream().map(managed -> managed.saga.root().canBeOverdue()).toArray(Boolean[]::new),
            sagas.stream()
                    .map(managed -> managed.wasFinished || !managed.saga.isActive())
                    .toArray(Boolean[]::new)
        };
    }

    @Override
    public Set<String> find(AssociationValue association) {
        String orderId = association.getValue();
        boolean found = ASSOCIATION.equals(association.getKey())
                && FulfilmentBatch.current().find(orderId) != null;
        return found ? Set.of(orderId) : Set.of();
    }

    @Override
    public @Nullable Saga<OrderFulfilmentSaga> load(String sagaIdentifier) {
        Managed managed = FulfilmentBatch.current().find(sagaIdentifier);
        return managed == null ? null : managed.saga;
    }

    /** Begins the fulfilment of the order whose event is being handled; the identifier that Axon proposes is not used. */
    @Override
    public Saga<OrderFulfilmentSaga> createInstance(String proposed, Supplier<OrderFulfilmentSaga> factory) {
        EventMessage<?> placed = (EventMessage<?>) CurrentUnitOfWork.get().getMessage();
        OrderId orderId = ((OrderEvent) placed.getPayload()).orderId();
        AnnotatedSaga<OrderFulfilmentSaga> saga = annotated(orderId, factory.get());
        FulfilmentBatch.current().add(new Managed(orderId, saga, true, false, -1));
        return saga;
    }
}
