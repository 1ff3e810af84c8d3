package io.orderflow.proof.books;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Products: their events, their read rows, and what became of the pieces of each line of each order. */
final class StockBooks {

    /** What became of a line's pieces. */
    enum Fate {
        RESERVED,
        REFUSED,
        RELEASED,
        SOLD
    }

    private record Row(String name, long price, String currency, long onHand, long reserved, long version) {}

    private static final String ROWS = "select sku, name, price_amount, currency, on_hand, reserved, version"
            + " from query.product order by sku collate \"C\"";

    private final Map<String, Map<Integer, Fate>> fates = new HashMap<>();
    private final Map<String, Long> adjustments = new HashMap<>();
    private final EventBooks events;
    private final Check legal;
    private final Check conserved;
    private final Check shown;
    private final boolean quiet;

    StockBooks(Books books, EventBooks events, boolean quiet) {
        this.events = events;
        this.quiet = quiet;
        this.legal = books.check(
                "stock-goes-one-way", "each line's pieces are reserved once, then released or sold once, never more");
        this.conserved = books.check("stock-conserved", "put in = on hand + sold, and on hand >= reserved >= 0");
        this.shown = books.check("products-are-their-events", "each product's row is the fold of its events");
    }

    void read(Connection store, Connection query) throws SQLException {
        try (Cursor<StoredEvent> stored =
                        new Cursor<>(store, StoredEvent.ofAggregates("StockItem"), StoredEvent::read);
                Cursor<Row> rows = new Cursor<>(
                        query,
                        ROWS,
                        row -> new Row(
                                row.getString(2),
                                row.getLong(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7)))) {
            for (String sku = first(stored, rows); sku != null; sku = first(stored, rows)) {
                List<Row> row = rows.take(sku);
                List<StoredEvent> history = stored.take(sku);
                events.follow(history);
                product(sku, history, row.isEmpty() ? null : row.getFirst());
            }
        }
    }

    private static @Nullable String first(Cursor<?> one, Cursor<?> other) {
        String a = one.key();
        String b = other.key();
        return a == null ? b : b == null || a.compareTo(b) < 0 ? a : b;
    }

    private void product(String sku, List<StoredEvent> history, @Nullable Row row) {
        Item item = new Item(sku);
        Row then = null;
        for (StoredEvent event : history) {
            item.follow(event);
            if (row != null && event.sequence() == row.version()) {
                then = item.asRow();
            }
        }
        conserved.require(
                item.putIn == item.onHand + item.sold && item.onHand >= item.reserved && item.reserved >= 0,
                sku + ": put in " + item.putIn + ", on hand " + item.onHand + ", sold " + item.sold + ", reserved "
                        + item.reserved);
        shown.require(
                row != null && row.equals(then) && (!quiet || row.version() == item.version),
                sku + " is shown as " + row + ", and its events say " + (then == null ? item.asRow() : then));
    }

    /** What became of the lines of an order, taken off: what is left at the end belongs to no order. */
    Map<Integer, Fate> take(String orderId) {
        Map<Integer, Fate> lines = fates.remove(orderId);
        return lines == null ? Map.of() : lines;
    }

    /** Reservations of orders that nobody has asked for. */
    Map<String, Map<Integer, Fate>> left() {
        return fates;
    }

    /** Counted stock, by adjustment id. */
    Map<String, Long> adjustments() {
        return adjustments;
    }

    /** A product, folded from its events. */
    private final class Item {

        private final String sku;
        private final Map<String, Long> open = new HashMap<>();
        private String name = "";
        private long price;
        private String currency = "";
        private long putIn;
        private long onHand;
        private long sold;
        private long reserved;
        private long version = -1;

        Item(String sku) {
            this.sku = sku;
        }

        void follow(StoredEvent event) {
            version = event.sequence();
            switch (event.type()) {
                case "ProductRegistered", "ProductChanged" -> {
                    name = event.text("name");
                    price = event.json().at("/price/amount").asLong();
                    currency = event.json().at("/price/currency").asString("");
                }
                case "StockAdjusted" -> {
                    long change = event.json().path("change").asLong();
                    putIn += change;
                    onHand += change;
                    boolean isNew = adjustments.put(event.text("adjustmentId"), change) == null;
                    legal.require(isNew, event + " counts an adjustment again");
                    legal.require(onHand == event.json().path("onHand").asLong(), event + ": on hand is " + onHand);
                }
                default -> line(event);
            }
        }

        private void line(StoredEvent event) {
            String orderId = event.text("orderId");
            int line = event.json().path("line").asInt();
            long quantity = event.json().path("quantity").asLong();
            String key = orderId + "/" + line;
            Map<Integer, Fate> lines = fates.computeIfAbsent(orderId, unknown -> new HashMap<>());
            Fate before = lines.get(line);
            switch (event.type()) {
                case "StockReserved" -> {
                    legal.require(before == null, event + " for " + key + ", which was " + before);
                    open.put(key, quantity);
                    reserved += quantity;
                    lines.put(line, Fate.RESERVED);
                    legal.require(reserved <= onHand, event + " for " + key + " of pieces that are not there");
                }
                case "StockReservationRefused" -> {
                    legal.require(before == null, event + " for " + key + ", which was " + before);
                    lines.put(line, Fate.REFUSED);
                }
                case "StockReleased" -> {
                    Long held = open.remove(key);
                    legal.require(
                            quantity == (held == null ? 0 : held) && (before == null || before == Fate.RESERVED),
                            event + " for " + key + ": " + quantity + " of " + held + ", which was " + before);
                    reserved -= quantity;
                    lines.put(line, Fate.RELEASED);
                }
                case "StockSold" -> {
                    Long held = open.remove(key);
                    legal.require(
                            held != null && held == quantity, event + " for " + key + ": " + quantity + " of " + held);
                    reserved -= quantity;
                    onHand -= quantity;
                    sold += quantity;
                    lines.put(line, Fate.SOLD);
                }
                default -> legal.offend(event + " is not an event of a product");
            }
        }

        Row asRow() {
            return new Row(name, price, currency, onHand, reserved, version);
        }

        @Override
        public String toString() {
            return sku;
        }
    }
}
