package io.orderflow.proof.books;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An order, folded from its events; knows which event may follow which, by its own account. */
public final class Story {

    /** @param amount of one piece, minor units */
    record Line(int number, String sku, String name, int quantity, long amount, String currency, boolean stocked) {}

    final String orderId;
    final List<Line> lines = new ArrayList<>();
    final Map<String, Integer> counts = new HashMap<>();
    final List<String> illegal = new ArrayList<>();
    String customer = "";

    @Nullable String email;

    @Nullable String phone;

    String status = "";
    String payment = "OPEN";

    @Nullable String reason;

    @Nullable String detail;

    @Nullable String trackingNumber;

    long total;
    String currency = "";
    long version = -1;

    Story(String orderId) {
        this.orderId = orderId;
    }

    void follow(StoredEvent event) {
        counts.merge(event.type(), 1, Integer::sum);
        version = event.sequence();
        switch (event.type()) {
            case "OrderPlaced" -> place(event);
            case "PaymentAuthorized" -> pay(event, List.of("OPEN", "DECLINED"), "AUTHORIZED");
            case "PaymentDeclined" -> {
                pay(event, List.of("OPEN"), "DECLINED");
                detail = event.text("reason");
            }
            case "PaymentCaptured" -> {
                pay(event, List.of("AUTHORIZED"), "CAPTURED");
                require(event, hasShipped(), "money is taken for what was not shipped");
            }
            case "PaymentVoided" -> {
                pay(event, List.of("AUTHORIZED"), "VOIDED");
                require(event, !hasShipped(), "money is given back for what was shipped");
            }
            case "OrderConfirmed" -> {
                move(event, List.of("PLACED"), "CONFIRMED");
                require(event, payment.equals("AUTHORIZED"), "confirmed without money");
            }
            case "OrderShipped" -> {
                move(event, List.of("CONFIRMED"), "SHIPPED");
                trackingNumber = event.text("trackingNumber");
            }
            case "OrderDelivered" -> move(event, List.of("SHIPPED"), "DELIVERED");
            case "OrderRejected" -> {
                move(event, List.of("PLACED", "CONFIRMED"), "REJECTED");
                reason = event.text("reason");
                detail = event.text("detail");
            }
            case "OrderCancelled" -> {
                move(event, List.of("PLACED", "CONFIRMED"), "CANCELLED");
                reason = "CANCELLED_BY_" + event.text("by");
                detail = optional(event.json(), "note");
            }
            default -> illegal.add(event + " is not an event of an order");
        }
    }

    private void place(StoredEvent event) {
        require(event, status.isEmpty(), "placed again");
        status = "PLACED";
        JsonNode json = event.json();
        customer = event.text("customer");
        email = optional(json, "email");
        phone = optional(json, "phone");
        total = json.at("/total/amount").asLong();
        currency = json.at("/total/currency").asString("");
        long sum = 0;
        for (JsonNode line : json.path("lines")) {
            Line read = new Line(
                    line.path("number").asInt(),
                    line.path("sku").asString(),
                    line.path("name").asString(),
                    line.path("quantity").asInt(),
                    line.at("/unitPrice/amount").asLong(),
                    line.at("/unitPrice/currency").asString(),
                    line.path("stocked").asBoolean());
            lines.add(read);
            sum += read.amount() * read.quantity();
        }
        require(event, sum == total, "the total is " + total + ", the lines add up to " + sum);
    }

    private void pay(StoredEvent event, List<String> from, String to) {
        require(event, from.contains(payment), "the payment was " + payment);
        require(event, !status.isEmpty(), "not placed");
        JsonNode amount = event.json().at("/amount/amount");
        require(event, amount.isMissingNode() || amount.asLong() == total, "the amount is not the order's total");
        payment = to;
    }

    private void move(StoredEvent event, List<String> from, String to) {
        require(event, from.contains(status), "the order was " + status);
        status = to;
    }

    private void require(StoredEvent event, boolean holds, String otherwise) {
        if (!holds) {
            illegal.add(event + ": " + otherwise);
        }
    }

    private static @Nullable String optional(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isMissingNode() || value.isNull() ? null : value.asString();
    }

    boolean hasShipped() {
        return status.equals("SHIPPED") || status.equals("DELIVERED");
    }

    boolean has(String event) {
        return counts.containsKey(event);
    }

    /** Whether nothing can happen to it any more but that money is given back. */
    boolean isOver() {
        return status.equals("REJECTED")
                || status.equals("CANCELLED")
                || (status.equals("DELIVERED") && payment.equals("CAPTURED"));
    }

    boolean canBeTold() {
        return email != null || phone != null;
    }

    /** The row that this should be read as, in the words of {@code order_summary}. */
    String asRow() {
        return String.join(
                "|",
                customer,
                Objects.toString(email),
                Objects.toString(phone),
                status,
                Objects.toString(reason),
                Objects.toString(detail),
                Long.toString(total),
                currency,
                payment,
                Objects.toString(trackingNumber),
                Long.toString(version));
    }
}
