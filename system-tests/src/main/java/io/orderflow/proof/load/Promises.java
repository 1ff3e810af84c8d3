package io.orderflow.proof.load;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What clients were told, to be held against what is on record afterwards. Safe for many threads. */
public final class Promises {

    /**
     * An order that was answered 201.
     *
     * @param total in minor units
     */
    public record Accepted(String orderId, String customerId, long total, int lines) {}

    private final Map<String, Accepted> accepted = new ConcurrentHashMap<>();
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final Map<String, String> cancelled = new ConcurrentHashMap<>();
    private final Map<String, Long> adjustments = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Accepted> newest = new AtomicReference<>();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();

    /** An order was answered 201; the same answer may come again. */
    void accepted(Accepted order) {
        newest.set(order);
        Accepted before = accepted.putIfAbsent(order.orderId(), order);
        if (before != null && !before.equals(order)) {
            broken("order " + order.orderId() + " was answered as " + before + " and as " + order);
        }
    }

    /** An order under an id of the client's own was refused for good. */
    void refused(String orderId, String problem) {
        refused.put(orderId, problem);
    }

    /** Cancelling was answered 200 with the order's status. */
    void cancelled(String orderId, String status) {
        cancelled.put(orderId, status);
    }

    /** Cancelling was answered 409: it is shipped. */
    void tooLate(String orderId) {
        cancelled.put(orderId, "SHIPPED");
    }

    /** Stock was adjusted, once, however often the request was sent. */
    void adjusted(String adjustmentId, long change) {
        adjustments.put(adjustmentId, change);
    }

    /** Something was answered that can never be right. */
    void broken(String what) {
        broken.add(what);
    }

    public Collection<Accepted> accepted() {
        return accepted.values();
    }

    /** The order accepted last. */
    public Optional<Accepted> newest() {
        return Optional.ofNullable(newest.get());
    }

    /** Ids of refused orders, and why. */
    public Map<String, String> refused() {
        return refused;
    }

    /** Orders that were called off, or for which it was too late, and the status that was told. */
    public Map<String, String> cancelled() {
        return cancelled;
    }

    /** Adjustment ids and changes that were answered. */
    public Map<String, Long> adjustments() {
        return adjustments;
    }

    /** Answers that contradict each other or can never be right. */
    public List<String> broken() {
        return List.copyOf(broken);
    }
}
