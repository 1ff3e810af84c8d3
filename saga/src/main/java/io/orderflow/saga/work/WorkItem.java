package io.orderflow.saga.work;

import io.orderflow.api.order.OrderId;
import org.axonframework.messaging.MetaData;

/**
 * An outside effect that is to happen once: one step of one order.
 *
 * @param lane whose work it is; the work of one order in one lane is done one after the other, in order
 * @param work what to do, a record of the lane's sealed type
 * @param cause correlation of the command that its result becomes
 */
public record WorkItem(OrderId orderId, String lane, Object work, MetaData cause) {

    /** What kind of work it is, as its lane calls it. */
    String step() {
        return work.getClass().getSimpleName();
    }
}
