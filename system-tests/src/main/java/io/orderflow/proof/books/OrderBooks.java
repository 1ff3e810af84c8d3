package io.orderflow.proof.books;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All books that know orders, read once, side by side, order by order: the store, the read row with its lines and its
 * timeline, the fulfilment, the payment provider's ledger, the carrier's parcels and the messages sent.
 */
final class OrderBooks {

    private static final String ROWS = "select order_id::text, concat_ws('|', customer_id, coalesce(email, 'null'),"
            + " coalesce(phone, 'null'), status, coalesce(reason, 'null'), coalesce(detail, 'null'), total_amount,"
            + " currency, payment, coalesce(tracking_number, 'null'), version), version, status || ' ' || placed_at"
            + " from query.order_summary order by order_id";
    private static final String IN_STATUS =
            "select order_id::text, status || ' ' || placed_at" + " from query.order_in_status order by order_id";
    private static final String LINES =
            "select order_id::text, number, sku, name, quantity, \"unitPrice\" ->> 'amount',"
                    + " \"unitPrice\" ->> 'currency', stocked from query.order_summary, json_to_recordset(lines) as line (number"
                    + " integer, sku text, name text, quantity integer, \"unitPrice\" json, stocked boolean)"
                    + " order by order_id, number";
    private static final String PRODUCTS = "select order_id::text, sku from query.order_product order by order_id, sku";
    private static final String TIMELINE = "select order_id::text, version, event_id::text, type, at"
            + " from query.order_timeline order by order_id, version";
    private static final String FULFILMENTS = "select order_id::text, finished_at is not null, last_sequence, stage"
            + " from saga.fulfilment order by order_id";
    private static final String PAYMENTS = "select split_part(idempotency_key, '/', 1) as order_id, entry, amount"
            + " from saga.simulated_payment order by idempotency_key collate \"C\"";
    private static final String PARCELS = "select substr(tracking_number, 5), recalled_at is not null"
            + " from saga.simulated_shipment order by tracking_number collate \"C\"";
    private static final String MESSAGES = "select split_part(idempotency_key, '/', 1), occasion"
            + " from saga.simulated_notification order by idempotency_key collate \"C\"";
    private static final String UNDER_WAY = "select order_id::text from saga.work_item union all select"
            + " h.headers::json ->> 'ce_orderid' from saga.outbox, unnest(outbox.headers) as h (headers)";

    /**
     * @param content as {@link Story#asRow}
     * @param place by which lists of one status find it
     */
    record Row(String content, long version, String place) {}

    record Entry(long version, String eventId, String type, Instant at) {}

    record Fulfilment(boolean finished, long lastSequence, String stage) {}

    record Payment(String entry, long amount) {}

    /** What the books say about one order. */
    record Order(
            String id,
            List<StoredEvent> history,
            List<Row> rows,
            List<String> places,
            List<Story.Line> lines,
            Set<String> products,
            List<Entry> timeline,
            List<Fulfilment> fulfilments,
            List<Payment> payments,
            List<Boolean> recalledParcels,
            List<String> messages) {}

    /** Takes one order after the other. */
    interface Reader {
        void read(Order order);
    }

    private OrderBooks() {}

    static void read(Connection store, Connection query, Connection saga, Reader reader) throws SQLException {
        try (Cursor<StoredEvent> stored = new Cursor<>(store, StoredEvent.ofAggregates("Order"), StoredEvent::read);
                Cursor<Row> rows =
                        new Cursor<>(query, ROWS, row -> new Row(row.getString(2), row.getLong(3), row.getString(4)));
                Cursor<String> places = new Cursor<>(query, IN_STATUS, row -> row.getString(2));
                Cursor<Story.Line> lines = new Cursor<>(query, LINES, OrderBooks::line);
                Cursor<String> products = new Cursor<>(query, PRODUCTS, row -> row.getString(2));
                Cursor<Entry> timeline = new Cursor<>(query, TIMELINE, OrderBooks::entry);
                Cursor<Fulfilment> fulfilments = new Cursor<>(
                        saga, FULFILMENTS, row -> new Fulfilment(row.getBoolean(2), row.getLong(3), row.getString(4)));
                Cursor<Payment> payments =
                        new Cursor<>(saga, PAYMENTS, row -> new Payment(row.getString(2), row.getLong(3)));
                Cursor<Boolean> parcels = new Cursor<>(saga, PARCELS, row -> row.getBoolean(2));
                Cursor<String> messages = new Cursor<>(saga, MESSAGES, row -> row.getString(2))) {
            List<Cursor<?>> all =
                    List.of(stored, rows, places, lines, products, timeline, fulfilments, payments, parcels, messages);
            for (String id = first(all); id != null; id = first(all)) {
                reader.read(new Order(
                        id,
                        stored.take(id),
                        rows.take(id),
                        places.take(id),
                        lines.take(id),
                        Set.copyOf(products.take(id)),
                        timeline.take(id),
                        fulfilments.take(id),
                        payments.take(id),
                        parcels.take(id),
                        messages.take(id)));
            }
        }
    }

    private static @Nullable String first(List<Cursor<?>> cursors) {
        String first = null;
        for (Cursor<?> cursor : cursors) {
            String key = cursor.key();
            if (key != null && (first == null || key.compareTo(first) < 0)) {
                first = key;
            }
        }
        return first;
    }

    private static Story.Line line(ResultSet row) throws SQLException {
        String currency = row.getString(7);
        return new Story.Line(
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getBigDecimal(6)
                        .movePointRight(Currency.getInstance(currency).getDefaultFractionDigits())
                        .longValueExact(),
                currency,
                row.getBoolean(8));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant());
    }

    /** Orders for which the saga has something to send or to have done. */
    static Set<String> underWay(Connection saga) throws SQLException {
        return new HashSet<>(texts(saga, UNDER_WAY));
    }

    /** Parked sequences of a service and why; a sequence is an order's id or ends with one, after a slash. */
    static Map<String, String> parked(Connection connection, String schema) throws SQLException {
        Map<String, String> parked = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select sequence_id, reader, cause from " + schema + ".parked_sequence")) {
            while (rows.next()) {
                String sequence = rows.getString(1);
                parked.put(
                        sequence.substring(sequence.lastIndexOf('/') + 1),
                        schema + "." + rows.getString(2) + " has parked " + sequence + ": " + rows.getString(3));
            }
        }
        return parked;
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new java.util.ArrayList<>();
            while (rows.next()) {
                found.add(Objects.toString(rows.getString(1)));
            }
            return found;
        }
    }
}
