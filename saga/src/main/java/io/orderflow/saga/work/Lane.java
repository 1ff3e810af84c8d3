package io.orderflow.saga.work;

import io.orderflow.api.order.OrderCommand;
import io.orderflow.api.order.OrderId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * One kind of outside effect, such as payment, and who carries it out.
 *
 * @param <W> sealed type of the lane's work
 */
public abstract class Lane<W> {

    private final String name;
    private final Class<W> work;

    protected Lane(String name, Class<W> work) {
        this.name = name;
        this.work = work;
    }

    public final String name() {
        return name;
    }

    /** Has {@code work} done for an order once the current transaction has committed. */
    protected final void request(OrderId orderId, W work) {
        Decisions.current()
                .request(new WorkItem(
                        orderId,
                        name,
                        work,
                        CurrentUnitOfWork.map(unitOfWork -> unitOfWork.getMessage())
                                .map(event -> Commands.caused(event.getIdentifier(), event.getMetaData()))
                                .orElseThrow()));
    }

    /**
     * Does the work, outside of any transaction, perhaps not for the first time: providers are asked with the same
     * idempotency key again.
     *
     * @return what the order is told, in this order; none when nobody waits for it
     * @throws NotYetException when it is not time yet
     * @throws RuntimeException when it is not known to be done; it is tried again
     */
    protected abstract List<OrderCommand> perform(OrderId orderId, W work);

    /** The record of the lane's work that is stored under {@code step}. */
    @SuppressWarnings("unchecked") // permitted subclasses of W
    final Class<? extends W> typeOf(String step) {
        return (Class<? extends W>) Arrays.stream(work.getPermittedSubclasses())
                .filter(type -> type.getSimpleName().equals(step))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " knows no step " + step));
    }

    /** Nothing is wrong; the outside world needs more time. */
    public static final class NotYetException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Duration askAgainIn;

        public NotYetException(Duration askAgainIn) {
            super("not yet", null, false, false);
            this.askAgainIn = askAgainIn;
        }

        Duration askAgainIn() {
            return askAgainIn;
        }
    }
}
