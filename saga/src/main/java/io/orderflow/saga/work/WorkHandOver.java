package io.orderflow.saga.work;

import io.orderflow.api.order.OrderId;
import io.orderflow.saga.work.WorkItems.Leased;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Stores what a transaction requests of the lanes, and has this node's workers begin with it as soon as that has committed:
 * as much as they have free slots for. The rest, and what a node that dies leaves behind, is leased from the database by
 * whoever is free.
 */
public final class WorkHandOver {

    private final WorkItems items;
    private final Map<String, LaneWorker<?>> workers;
    private final LaneSettings settings;

    public WorkHandOver(WorkItems items, List<LaneWorker<?>> workers, LaneSettings settings) {
        this.items = items;
        this.workers = workers.stream().collect(Collectors.toMap(LaneWorker::lane, Function.identity()));
        this.settings = settings;
    }

    /** Stores {@code requested} in the current transaction. */
    public void add(List<WorkItem> requested) {
        if (requested.isEmpty()) {
            return;
        }
        Reservations reserved = new Reservations();
        TransactionSynchronizationManager.registerSynchronization(reserved); // gives slots back if anything fails
        reserved.leased.addAll(items.add(requested, reserved.forThese(requested), settings.lease()));
    }

    /** Slots that were taken in one transaction, and what for. */
    private final class Reservations implements TransactionSynchronization {

        private final Map<String, Integer> slots = new HashMap<>();
        private final List<Leased> leased = new ArrayList<>();

        private record Sequence(OrderId orderId, String lane) {}

        /** Of each item, whether there is a slot for it; only the first of each order and lane is asked for. */
        List<Boolean> forThese(List<WorkItem> requested) {
            Set<Sequence> seen = new HashSet<>();
            return requested.stream()
                    .map(item -> seen.add(new Sequence(item.orderId(), item.lane())) && reserve(item.lane()))
                    .toList();
        }

        private boolean reserve(String lane) {
            LaneWorker<?> worker = workers.get(lane);
            boolean reserved = worker != null && worker.reserve();
            if (reserved) {
                slots.merge(lane, 1, Integer::sum);
            }
            return reserved;
        }

        @Override
        public void afterCompletion(int status) {
            if (status == STATUS_COMMITTED) {
                leased.forEach(this::begin);
            }
            // what was not begun is leased by somebody: at once, or, where the commit's outcome is not known, in time
            slots.forEach((lane, unused) -> worker(lane).release(unused));
        }

        private void begin(Leased item) {
            try {
                worker(item.lane()).begin(item);
                slots.merge(item.lane(), -1, Integer::sum);
            } catch (RejectedExecutionException e) {
                // this node stops: the lease ends by itself, and another node, or the next life of this one, goes on
            }
        }

        private LaneWorker<?> worker(String lane) {
            return Objects.requireNonNull(workers.get(lane));
        }
    }
}
