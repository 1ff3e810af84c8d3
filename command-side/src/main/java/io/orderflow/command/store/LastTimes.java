package io.orderflow.command.store;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the latest events of aggregates happened, as far as this node has stored them, so that what follows them is given no
 * earlier time. What another node has stored is looked up. For one thread.
 */
final class LastTimes {

    private static final int MOST = 20_000;

    private final Map<String, Last> latest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
            return size() > MOST;
        }
    };

    private record Last(long sequenceNumber, String timestamp) {}

    /** An event by its place in its aggregate. */
    record Place(String aggregateIdentifier, long sequenceNumber) {

        static Place before(EventRow row) {
            return new Place(row.aggregateIdentifier(), row.storedBefore());
        }
    }

    /** Asks the store when events were. Stored events never change. */
    interface Lookup {
        Map<Place, String> timesOf(List<Place> events) throws SQLException;
    }

    /** The same rows, none at a time before its predecessor's. */
    List<EventRow> inOrder(List<EventRow> rows, Lookup lookup) throws SQLException {
        List<Place> unknown = rows.stream()
                .filter(row -> row.storedBefore() >= 0)
                .map(Place::before)
                .filter(event -> known(event) == null)
                .distinct()
                .toList();
        Map<Place, String> found = unknown.isEmpty() ? Map.of() : lookup.timesOf(unknown);
        return rows.stream().map(row -> inOrder(row, found)).toList();
    }

    private EventRow inOrder(EventRow row, Map<Place, String> found) {
        Place before = Place.before(row);
        String known = known(before);
        String time = known == null ? found.get(before) : known;
        return time == null ? row : row.notBefore(time);
    }

    private @Nullable String known(Place event) {
        Last last = latest.get(event.aggregateIdentifier());
        return last != null && last.sequenceNumber() == event.sequenceNumber() ? last.timestamp() : null;
    }

    /** Takes note of rows that were stored. */
    void stored(List<EventRow> rows) {
        rows.forEach(row -> latest.put(row.aggregateIdentifier(), new Last(row.sequenceNumber(), row.timestamp())));
    }
}
