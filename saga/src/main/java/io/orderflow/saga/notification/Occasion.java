package io.orderflow.saga.notification;

/** What a customer is told about. */
public enum Occasion {
    CONFIRMED("Your order is confirmed"),
    SHIPPED("Your order is on its way"),
    DELIVERED("Your order was delivered"),
    REJECTED("We could not fulfil your order"),
    CANCELLED("Your order was cancelled");

    private final String subject;

    Occasion(String subject) {
        this.subject = subject;
    }

    /** What the message is headed with. */
    public String subject() {
        return subject;
    }
}
