package io.orderflow.proof.faults;

import io.orderflow.proof.faults.ProcessFaults.AddNode;
import io.orderflow.proof.faults.ProcessFaults.Freeze;
import io.orderflow.proof.faults.ProcessFaults.Kill;
import io.orderflow.proof.faults.ProcessFaults.MoveWithoutDatabase;
import io.orderflow.proof.faults.ProcessFaults.Stop;
import io.orderflow.proof.faults.ProcessFaults.WrongClock;
import io.orderflow.proof.system.Part.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fault happens when, drawn from a seed: the same seed and length give the same plan. Every kind of process is
 * killed first; after that faults come as cards from a deck that is shuffled anew when it is empty, so that all come,
 * and come in every order.
 */
public final class Plan {

    /**
     * @param at since the load began
     * @param lasts until it comes right again
     */
    public record Step(Duration at, Duration lasts, Fault fault) {}

    private static final List<String> COMMAND_SIDES = List.of("command-side-1", "command-side-2");
    private static final List<String> SERVICES =
            List.of("command-side-1", "command-side-2", "saga-1", "saga-2", "query-side-1", "query-side-2");
    private static final List<Kind> SERVICE_KINDS = List.of(Kind.COMMAND_SIDE, Kind.SAGA, Kind.QUERY_SIDE);

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration GAP = Duration.ofMillis(3200);
    /** Cards of a deck that kill one service, beside the others. */
    private static final int KILLS = 13;

    private static final Duration CALM_END = Duration.ofSeconds(5);

    /** A part that was hit gets so long to come up and do some work. */
    private static final Duration RECOVERY = Duration.ofSeconds(14);

    /** Faults that last a minute have no place in a short run. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Random random;
    private final Duration length;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Duration> busyUntil = new HashMap<>();
    private final List<Card> deck = new ArrayList<>();

    /** Draws a fault and how long it lasts. */
    private interface Card {
        Drawn draw();
    }

    private record Drawn(Fault fault, Duration lasts) {}

    private Plan(long seed, Duration length) {
        this.random = new Random(seed);
        this.length = length;
    }

    /** @param length of the time in which faults happen */
    public static List<Step> of(long seed, Duration length) {
        Plan plan = new Plan(seed, length);
        plan.lay();
        return List.copyOf(plan.steps);
    }

    private void lay() {
        Duration now = FIRST;
        List<Card> first = new ArrayList<>(List.of(
                () -> kill(oneOf(COMMAND_SIDES)),
                () -> kill(oneOf(List.of("saga-1", "saga-2"))),
                () -> kill(oneOf(List.of("query-side-1", "query-side-2"))),
                () -> kill("kafka"),
                () -> kill("postgres")));
        Collections.shuffle(first, random);
        deck.addAll(first);
        while (now.compareTo(length.minus(CALM_END)) < 0) {
            if (deck.isEmpty()) {
                deck.addAll(cards());
                Collections.shuffle(deck, random);
            }
            place(now);
            now = now.plusMillis(GAP.toMillis() / 2 + random.nextLong(GAP.toMillis()));
        }
    }

    /** The first card whose parts are free at this time; a card that does not fit comes later. */
    private void place(Duration now) {
        for (int i = 0; i < deck.size(); i++) {
            Drawn drawn = deck.get(i).draw();
            Duration end = now.plus(drawn.lasts());
            boolean fits = end.compareTo(length) <= 0
                    && drawn.fault().parts().stream()
                            .allMatch(part ->
                                    busyUntil.getOrDefault(part, Duration.ZERO).compareTo(now) <= 0);
            if (fits) {
                deck.remove(i);
                steps.add(new Step(now, drawn.lasts(), drawn.fault()));
                drawn.fault().parts().forEach(part -> busyUntil.put(part, end.plus(recovery(part))));
                return;
            }
        }
    }

    private static Duration recovery(String part) {
        return part.equals("postgres") || part.equals("kafka") ? RECOVERY.dividedBy(4) : RECOVERY;
    }

    private List<Card> cards() {
        List<Card> cards = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            cards.add(() -> kill(oneOf(SERVICES)));
        }
        cards.add(() -> kill("postgres"));
        cards.add(() -> kill("kafka"));
        cards.add(this::killSeveral);
        cards.add(this::killSeveral);
        cards.add(() -> new Drawn(new Freeze(List.of(oneOf(SERVICES))), seconds(12, 16)));
        cards.add(() -> new Drawn(
                new Freeze(List.of(oneOf(COMMAND_SIDES), oneOf(List.of("saga-1", "saga-2")))), seconds(12, 15)));
        cards.add(() -> new Drawn(new Freeze(List.of("kafka")), seconds(5, 12)));
        cards.add(() -> new Drawn(new Freeze(List.of("postgres")), seconds(3, 8)));
        cards.add(() -> new Drawn(new Stop(oneOf(SERVICES)), seconds(1, 4)));
        cards.add(() -> new Drawn(new AddNode(oneOf(SERVICE_KINDS)), seconds(20, 25)));
        cards.add(() -> new Drawn(DatabaseFaults.CUT_CONNECTIONS, Duration.ZERO));
        cards.add(() -> new Drawn(DatabaseFaults.READ_ONLY, seconds(3, 8)));
        cards.add(() -> new Drawn(DatabaseFaults.SLOW_COMMITS, seconds(5, 10)));
        cards.add(() -> new Drawn(DatabaseFaults.PROVIDER_SLOW, seconds(5, 12)));
        cards.add(() -> new Drawn(DatabaseFaults.PROVIDER_DOWN, seconds(5, 12)));
        cards.add(() -> new Drawn(DatabaseFaults.PROVIDER_LATE, seconds(5, 12)));
        cards.add(() -> new Drawn(DatabaseFaults.PUBLISH_AGAIN, Duration.ZERO));
        cards.add(() -> new Drawn(oneOf(List.of(Poison.EVENT, Poison.INVENTORY_EVENT)), Duration.ZERO));
        cards.add(() -> new Drawn(oneOf(List.of(Poison.COMMAND, Poison.COMMAND_FOR_NOBODY)), Duration.ZERO));
        cards.add(() -> new Drawn(new StalledStore(oneOf(COMMAND_SIDES), random.nextBoolean()), seconds(12, 15)));
        cards.add(() -> new Drawn(
                new MoveWithoutDatabase(
                        List.of(oneOf(List.of("saga-1", "saga-2")), oneOf(List.of("query-side-1", "query-side-2")))),
                seconds(14, 17)));
        cards.add(() ->
                new Drawn(new WrongClock(oneOf(COMMAND_SIDES), random.nextBoolean() ? 30 : -30), seconds(20, 25)));
        if (length.compareTo(LONG) >= 0) {
            cards.add(() -> new Drawn(new Kill(List.of("kafka")), seconds(45, 60)));
            cards.add(() -> new Drawn(DatabaseFaults.PROVIDER_DOWN, seconds(45, 60)));
            cards.add(() -> new Drawn(new TopicsAnew(COMMAND_SIDES), seconds(4, 6)));
        }
        return cards;
    }

    private Drawn kill(String part) {
        return new Drawn(new Kill(List.of(part)), seconds(0, 4));
    }

    private Drawn killSeveral() {
        Set<String> parts = new TreeSet<>();
        int count = 2 + random.nextInt(2);
        while (parts.size() < count) {
            parts.add(random.nextInt(5) == 0 ? oneOf(List.of("postgres", "kafka")) : oneOf(SERVICES));
        }
        return new Drawn(new Kill(List.copyOf(parts)), seconds(0, 4));
    }

    private Duration seconds(int least, int most) {
        return Duration.ofMillis(1000L * least + random.nextInt(1000 * (most - least) + 1));
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
