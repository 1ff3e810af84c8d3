package io.orderflow.proof.books;

import io.orderflow.proof.books.Reconciler.Outcome;
import io.orderflow.proof.load.Promises;
import io.orderflow.proof.load.Promises.Accepted;

/** Holds what clients were told against the books. */
public final class Kept {

    private Kept() {}

    /** Adds its checks to the outcome's books. */
    public static void check(Outcome outcome, Promises promises) {
        accepted(outcome, promises);
        refused(outcome, promises);
        cancelled(outcome, promises);
        adjusted(outcome, promises);
        Check consistent =
                outcome.books().check("answers-are-consistent", "no answer contradicts another, none is a 5xx but 503");
        consistent.examined(promises.accepted().size());
        promises.broken().forEach(consistent::offend);
    }

    private static void accepted(Outcome outcome, Promises promises) {
        Check check =
                outcome.books().check("accepted-is-stored", "every order answered 201 is stored as it was answered");
        for (Accepted order : promises.accepted()) {
            Story story = outcome.stories().get(order.orderId());
            check.require(
                    story != null
                            && story.customer.equals(order.customerId())
                            && story.total == order.total()
                            && story.lines.size() == order.lines(),
                    order + " is stored as " + (story == null ? "nothing" : story.asRow()));
        }
    }

    private static void refused(Outcome outcome, Promises promises) {
        Check check = outcome.books().check("refused-is-not-stored", "no order that was refused for good is stored");
        promises.refused()
                .forEach((orderId, problem) ->
                        check.require(!outcome.stories().containsKey(orderId), orderId + " was refused: " + problem));
    }

    private static void cancelled(Outcome outcome, Promises promises) {
        Check check = outcome.books()
                .check("cancelled-stays-cancelled", "a cancellation's answer stands: off is off, shipped is shipped");
        promises.cancelled().forEach((orderId, told) -> {
            Story story = outcome.stories().get(orderId);
            String is = story == null ? "not stored" : story.hasShipped() ? "SHIPPED" : story.status;
            check.require(told.equals(is), orderId + " was answered as " + told + ", and is " + is);
        });
    }

    private static void adjusted(Outcome outcome, Promises promises) {
        Check check =
                outcome.books().check("adjustments-are-stored", "stock that was counted is stored as it was counted");
        promises.adjustments()
                .forEach((id, change) -> check.require(
                        change.equals(outcome.adjustments().get(id)),
                        "adjustment " + id + " by " + change + " is "
                                + outcome.adjustments().get(id)));
    }
}
