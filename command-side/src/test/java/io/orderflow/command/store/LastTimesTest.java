package io.orderflow.command.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.command.store.LastTimes.Place;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastTimesTest {

    private final LastTimes times = new LastTimes();
    private final List<Place> lookedUp = new ArrayList<>();

    @Test
    void whatThisNodeHasStoredIsNotLookedUp() throws SQLException {
        stored(row(0, -1, "12:00"));

        assertThat(stored(row(1, 0, "11:59"), row(2, 0, "12:01"))).containsExactly("12:00", "12:01");
        assertThat(stored(row(3, 2, "11:58"))).containsExactly("12:01");
        assertThat(lookedUp).isEmpty();
    }

    @Test
    void whatAnotherNodeHasStoredIsLookedUpOnce() throws SQLException {
        stored(row(0, -1, "12:00"));

        assertThat(stored(row(2, 1, "11:59"))).containsExactly("12:30");
        assertThat(stored(row(3, 2, "11:58"))).containsExactly("12:30");
        assertThat(lookedUp).containsExactly(new Place("an order", 1));
    }

    private List<String> stored(EventRow... rows) throws SQLException {
        List<EventRow> inOrder = times.inOrder(List.of(rows), unknown -> {
            lookedUp.addAll(unknown);
            return Map.of(new Place("an order", 1), "12:30");
        });
        times.stored(inOrder);
        return inOrder.stream().map(EventRow::timestamp).toList();
    }

    private static EventRow row(long sequenceNumber, long storedBefore, String time) {
        return new EventRow(
                "id",
                "an order",
                sequenceNumber,
                storedBefore,
                "Order",
                time,
                "OrderPlaced",
                "1",
                new byte[0],
                new byte[0]);
    }
}
