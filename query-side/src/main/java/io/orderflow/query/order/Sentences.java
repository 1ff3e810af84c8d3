package io.orderflow.query.order;

import io.orderflow.api.order.Note;
import io.orderflow.api.order.OrderEvent;
import io.orderflow.api.order.OrderEvent.OrderCancelled;
import io.orderflow.api.order.OrderEvent.OrderConfirmed;
import io.orderflow.api.order.OrderEvent.OrderDelivered;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderEvent.OrderRejected;
import io.orderflow.api.order.OrderEvent.OrderShipped;
import io.orderflow.api.order.OrderEvent.PaymentAuthorized;
import io.orderflow.api.order.OrderEvent.PaymentCaptured;
import io.orderflow.api.order.OrderEvent.PaymentDeclined;
import io.orderflow.api.order.OrderEvent.PaymentVoided;
import io.orderflow.api.order.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Events as a person would tell them. */
final class Sentences {

    private Sentences() {}

    static String of(OrderEvent event) {
        return switch (event) {
            case OrderPlaced placed ->
                "%s ordered %d %s for %s."
                        .formatted(
                                placed.customer(),
                                pieces(placed),
                                pieces(placed) == 1 ? "piece" : "pieces",
                                placed.total());
            case PaymentAuthorized authorized -> "The payment provider holds %s.".formatted(authorized.amount());
            case PaymentDeclined declined -> "The payment was declined: %s.".formatted(declined.reason());
            case OrderConfirmed confirmed -> "Everything is in stock and the amount is held: the order is confirmed.";
            case OrderShipped shipped ->
                "%s has the parcel; its tracking number is %s.".formatted(shipped.carrier(), shipped.trackingNumber());
            case PaymentCaptured captured -> "%s was charged.".formatted(captured.amount());
            case PaymentVoided voided -> "The held amount of %s was given back.".formatted(voided.amount());
            case OrderDelivered delivered -> "The parcel was delivered.";
            case OrderRejected rejected ->
                "The order could not be fulfilled: %s (%s).".formatted(why(rejected.reason()), rejected.detail());
            case OrderCancelled cancelled -> cancelled(cancelled);
        };
    }

    /** Why, where an event has a reason; else null. */
    static @Nullable String reasonOf(OrderEvent event) {
        return switch (event) {
            case PaymentDeclined declined -> declined.reason();
            case OrderRejected rejected -> rejected.reason().name();
            case OrderCancelled cancelled -> "CANCELLED_BY_" + cancelled.by();
            case OrderPlaced placed -> null;
            case PaymentAuthorized authorized -> null;
            case OrderConfirmed confirmed -> null;
            case OrderShipped shipped -> null;
            case PaymentCaptured captured -> null;
            case PaymentVoided voided -> null;
            case OrderDelivered delivered -> null;
        };
    }

    private static int pieces(OrderPlaced placed) {
        return placed.lines().stream().mapToInt(line -> line.quantity().value()).sum();
    }

    private static String why(RejectionReason reason) {
        return switch (reason) {
            case OUT_OF_STOCK -> "not everything was in stock";
            case PAYMENT_DECLINED -> "the payment was declined";
            case TIMED_OUT -> "stock and payment could not be arranged in time";
        };
    }

    private static String cancelled(OrderCancelled cancelled) {
        String who = switch (cancelled.by()) {
            case CUSTOMER -> "The customer called the order off";
            case OPERATOR -> "An operator called the order off";
        };
        Note note = cancelled.note();
        return note == null ? who + "." : who + ": " + note.value();
    }
}
