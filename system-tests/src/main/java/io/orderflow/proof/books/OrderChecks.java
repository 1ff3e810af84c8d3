package io.orderflow.proof.books;

import io.orderflow.proof.books.OrderBooks.Entry;
import io.orderflow.proof.books.OrderBooks.Fulfilment;
import io.orderflow.proof.books.OrderBooks.Order;
import io.orderflow.proof.books.OrderBooks.Payment;
import io.orderflow.proof.books.OrderBooks.Row;
import io.orderflow.proof.books.StockBooks.Fate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds all books against each other, order by order.
 *
 * <p>An order is settled when it is over, its fulfilment knows it, and nothing is left to do for it. Only then must all
 * books agree to the last entry; of others, just what must hold at every moment is required.
 */
final class OrderChecks implements OrderBooks.Reader {

    private final EventBooks events;
    private final StockBooks stock;
    private final Set<String> underWay;
    private final Map<String, String> parked;
    private final Providers providers;
    private final boolean quiet;
    private final long mustBeShown;
    private final Map<String, Story> stories = new HashMap<>();
    private final Map<String, Long> statuses = new TreeMap<>();
    private long unsettled;

    private final Check legal;
    private final Check atEnd;
    private final Check summary;
    private final Check lines;
    private final Check timeline;
    private final Check fulfilment;
    private final Check moneyOnce;
    private final Check moneyRight;
    private final Check parcel;
    private final Check messages;
    private final Check pieces;

    /**
     * @param quiet whether nothing is under way, so that every order must be settled
     * @param mustBeShown highest index that the projections had passed before they were read
     */
    OrderChecks(
            Books books,
            EventBooks events,
            StockBooks stock,
            Set<String> underWay,
            Map<String, String> parked,
            Providers providers,
            boolean quiet,
            long mustBeShown) {
        this.events = events;
        this.stock = stock;
        this.underWay = underWay;
        this.parked = parked;
        this.providers = providers;
        this.quiet = quiet;
        this.mustBeShown = mustBeShown;
        legal = books.check("stories-are-legal", "each order's events may follow each other; amounts are its total");
        atEnd = books.check("orders-at-their-end", "each order is over and settled, or parked with a cause");
        summary = books.check("rows-are-their-events", "each order's read row is the fold of its events");
        lines = books.check("lines-are-as-placed", "each order's read lines are those it was placed with");
        timeline = books.check("timelines-are-the-store", "each order's timeline is its events, one by one");
        fulfilment = books.check(
                "fulfilments-have-seen-all", "each order has one fulfilment, which has seen its last event");
        moneyOnce =
                books.check("money-moves-once", "per order at most one hold, one capture or one void, of its total");
        moneyRight = books.check(
                "money-as-the-story-says", "taken for exactly what was delivered, given back for all else, and told");
        parcel = books.check("parcels-as-the-story-says", "one parcel for each shipped order, none for any other");
        messages = books.check("customers-are-told", "each customer is told each turn once, and nothing else");
        pieces = books.check("pieces-as-the-story-says", "sold for what was shipped, given back for all else");
    }

    @Override
    public void read(Order order) {
        events.follow(order.history());
        Story story = new Story(order.id());
        String shown = "";
        long seen = -1;
        Row row = order.rows().isEmpty() ? new Row("", -1, "") : order.rows().getFirst();
        for (StoredEvent event : order.history()) {
            story.follow(event);
            shown = event.sequence() == row.version() ? story.asRow() : shown;
            seen = event.index() <= mustBeShown ? event.sequence() : seen;
        }
        statuses.merge(story.status, 1L, Long::sum);
        stories.put(order.id(), story);
        legal.examined(1);
        story.illegal.forEach(legal::offend);
        Map<Integer, Fate> fates = stock.take(order.id());
        boolean settled = isSettled(order, story);
        if (parked.containsKey(order.id())) {
            return; // incomplete for a reason that is told
        }
        atEnd.require(
                settled || !quiet,
                order.id() + " is " + story.status + ", payment " + story.payment + ", fulfilment "
                        + order.fulfilments() + (underWay.contains(order.id()) ? ", with work to do" : ""));
        checkRow(order, story, row, shown, seen);
        checkTimeline(order, seen);
        checkMoneyOnce(order, story);
        if (settled) {
            checkSettled(order, story, fates);
        } else {
            unsettled++;
        }
    }

    private boolean isSettled(Order order, Story story) {
        // without a fulfilment: forgotten after its retention, or so new that the saga had not seen it when it was read
        boolean isOld = order.history().stream().allMatch(event -> event.index() <= mustBeShown);
        boolean seen = order.fulfilments().isEmpty()
                ? isOld
                : order.fulfilments().stream()
                        .allMatch(saga -> saga.finished() && saga.lastSequence() == story.version);
        return story.isOver() && seen && !underWay.contains(order.id());
    }

    private void checkRow(Order order, Story story, Row row, String shown, long seen) {
        boolean isFold = order.history().isEmpty()
                ? order.rows().isEmpty()
                : row.content().equals(shown);
        boolean fresh = row.version() >= seen;
        summary.require(
                isFold && fresh && order.rows().size() <= 1,
                order.id() + " is read as " + row.content() + ", and its events say "
                        + (fresh ? shown : story.asRow()));
        List<String> places = order.rows().stream().map(Row::place).toList();
        summary.require(
                order.places().equals(places),
                order.id() + " is listed as " + order.places() + ", and read as " + places);
        lines.require(
                order.lines().equals(order.rows().isEmpty() ? List.of() : story.lines),
                order.id() + " is read with " + order.lines() + ", and was placed with " + story.lines);
        Set<String> ordered = story.lines.stream().map(Story.Line::sku).collect(Collectors.toSet());
        lines.require(
                order.products().equals(order.rows().isEmpty() ? Set.of() : ordered),
                order.id() + " is found by " + order.products() + ", and was placed with " + ordered);
    }

    private void checkTimeline(Order order, long seen) {
        List<Entry> expected = order.history().stream()
                .limit(order.timeline().size())
                .map(event -> new Entry(event.sequence(), event.id(), event.type(), Instant.parse(event.time())))
                .toList();
        timeline.require(
                order.timeline().equals(expected) && order.timeline().size() > seen,
                order.id() + " has the timeline " + order.timeline() + ", and the events " + order.history());
    }

    private void checkMoneyOnce(Order order, Story story) {
        Map<String, Long> entries =
                order.payments().stream().collect(Collectors.groupingBy(Payment::entry, Collectors.counting()));
        boolean once = entries.values().stream().allMatch(count -> count == 1);
        boolean oneEnd = !(entries.containsKey("CAPTURED") && entries.containsKey("VOIDED"));
        boolean amounts = order.payments().stream()
                .allMatch(entry -> entry.entry().equals("VOIDED") || entry.amount() == story.total);
        moneyOnce.require(once && oneEnd && amounts, order.id() + ", total " + story.total + ": " + order.payments());
    }

    private void checkSettled(Order order, Story story, Map<Integer, Fate> fates) {
        fulfilment.require(
                order.fulfilments().size() == 1
                        || (!quiet && order.fulfilments().isEmpty()),
                order.id() + ": "
                        + order.fulfilments().stream().map(Fulfilment::stage).toList());
        Set<String> entries = order.payments().stream().map(Payment::entry).collect(Collectors.toSet());
        moneyRight.require(
                entries.equals(expectedPayments(story)) || !providers.payment(),
                order.id() + " is " + story.status + " and its payment " + story.payment + ", the provider says "
                        + entries);
        boolean underWayOrThere = order.recalledParcels().contains(false);
        parcel.require(
                (underWayOrThere == story.hasShipped()
                                && order.recalledParcels().size() <= 1)
                        || !providers.parcels(),
                order.id() + " is " + story.status + ", parcels recalled: " + order.recalledParcels());
        messages.require(
                new TreeSet<>(order.messages()).equals(expectedMessages(story)) || !providers.messages(),
                order.id() + " was told " + order.messages() + ", not " + expectedMessages(story));
        checkPieces(order, story, fates);
    }

    private static Set<String> expectedPayments(Story story) {
        return switch (story.payment) {
            case "OPEN" -> Set.of();
            case "AUTHORIZED" -> Set.of("AUTHORIZED", "neither taken nor given back");
            case "DECLINED" -> Set.of("DECLINED");
            default -> Set.of("AUTHORIZED", story.payment);
        };
    }

    private static Set<String> expectedMessages(Story story) {
        Set<String> expected = new TreeSet<>();
        if (story.canBeTold()) {
            for (String turn : List.of("CONFIRMED", "SHIPPED", "DELIVERED", "REJECTED", "CANCELLED")) {
                String event = "Order" + turn.charAt(0) + turn.substring(1).toLowerCase(java.util.Locale.ROOT);
                if (story.has(event)) {
                    expected.add(turn);
                }
            }
        }
        return expected;
    }

    private void checkPieces(Order order, Story story, Map<Integer, Fate> fates) {
        boolean right = true;
        for (Story.Line line : story.lines) {
            Fate fate = fates.get(line.number());
            right &= !line.stocked()
                    || (story.hasShipped() ? fate == Fate.SOLD : fate == Fate.RELEASED || fate == Fate.REFUSED);
        }
        pieces.require(right, order.id() + " is " + story.status + ", its lines are " + fates);
    }

    /** Each order as its events tell it. */
    Map<String, Story> stories() {
        return stories;
    }

    /** Notes what was found, when all orders were read. */
    void end(Books books) {
        stock.left()
                .forEach((orderId, fates) -> legal.offend("pieces for " + orderId + ", which is not stored: " + fates));
        statuses.forEach((status, count) -> books.note("orders " + status, count));
        books.note("orders under way", unsettled);
    }
}
