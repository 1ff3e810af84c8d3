package io.orderflow.proof.load;

import io.orderflow.proof.load.Catalogue.Product;
import io.orderflow.proof.load.Client.Answer;
import io.orderflow.proof.load.Promises.Accepted;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** One client. Where nobody answers, it asks the other node, with the same key, and does not tire for a while. */
final class Shopper {

    private static final int RECENT = 20;
    private static final int TRIES = 30;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final List<URI> commandSide;
    private final List<URI> querySide;
    private final Client client;
    private final Promises promises;
    private final Timeline timeline;
    private final ExecutorService threads;
    private final Random random;
    private final Deque<Accepted> recent = new ArrayDeque<>();

    Shopper(
            List<URI> commandSide,
            List<URI> querySide,
            Client client,
            Promises promises,
            Timeline timeline,
            ExecutorService threads,
            long seed) {
        this.commandSide = commandSide;
        this.querySide = querySide;
        this.client = client;
        this.promises = promises;
        this.timeline = timeline;
        this.threads = threads;
        this.random = new Random(seed);
    }

    /** Goes on until {@code open} is no more; {@code think} is the mean time between two requests. */
    void shop(BooleanSupplier open, Duration think) throws InterruptedException {
        while (open.getAsBoolean()) {
            int roll = random.nextInt(100);
            if (roll < 62) {
                place(open);
            } else if (roll < 72) {
                cancel(open);
            } else if (roll < 74) {
                restock(open);
            } else {
                read();
            }
            Thread.sleep((long) (think.toMillis() * 2 * random.nextDouble()));
        }
    }

    // Placing

    private record Wish(
            String ownId, String key, String body, long total, int lines, String customer, boolean wrongPrice) {}

    private Wish wish(boolean wrongPrice) {
        String ownId = random.nextBoolean() ? new UUID(random.nextLong(), random.nextLong()).toString() : "";
        String customer = "customer-" + random.nextInt(200);
        List<String> lines = new ArrayList<>();
        long total = 0;
        int count = 1 + random.nextInt(4);
        for (int line = 0; line < count; line++) {
            Product product = Catalogue.any(random);
            int quantity = 1 + random.nextInt(3);
            total += product.price() * quantity;
            lines.add(
                    wrongPrice
                            ? "{\"sku\":\"%s\",\"quantity\":%d,\"price\":\"0.01\"}".formatted(product.sku(), quantity)
                            : "{\"sku\":\"%s\",\"quantity\":%d}".formatted(product.sku(), quantity));
        }
        String contact = random.nextInt(10) == 0 ? "" : ",\"email\":\"" + customer + "@example.org\"";
        String id = ownId.isEmpty() ? "" : ",\"orderId\":\"" + ownId + "\"";
        String body =
                "{\"customerId\":\"%s\"%s%s,\"lines\":[%s]}".formatted(customer, contact, id, String.join(",", lines));
        return new Wish(ownId, "key-" + random.nextLong(), body, total, count, customer, wrongPrice);
    }

    private void place(BooleanSupplier open) throws InterruptedException {
        Wish wish = wish(random.nextInt(40) == 0);
        if (random.nextInt(6) == 0) {
            placeTwiceAtOnce(wish);
        }
        // some never ask again: what became of their order is not known to them
        boolean impatient = random.nextInt(8) == 0;
        Answer answer = placeAt(wish, commandSide.get(random.nextInt(commandSide.size())));
        for (int tries = 1; tries < TRIES && answer.isTransient() && !impatient && open.getAsBoolean(); tries++) {
            Thread.sleep(PAUSE);
            answer = placeAt(wish, commandSide.get(tries % commandSide.size()));
        }
    }

    private void placeTwiceAtOnce(Wish wish) throws InterruptedException {
        List<Future<Answer>> both = commandSide.stream()
                .map(address -> threads.submit(() -> send(wish, address)))
                .toList();
        for (Future<Answer> one : both) {
            try {
                note(wish, one.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Answer placeAt(Wish wish, URI address) {
        Answer answer = send(wish, address);
        note(wish, answer);
        return answer;
    }

    private Answer send(Wish wish, URI address) {
        long began = System.nanoTime();
        Answer answer = client.send(address, "POST", "/api/orders", wish.body(), Map.of("Idempotency-Key", wish.key()));
        if (answer.status() == 201) {
            timeline.accepted(Duration.ofNanos(System.nanoTime() - began));
        } else {
            count(answer);
        }
        return answer;
    }

    private void count(Answer answer) {
        if (answer.status() == 0) {
            timeline.unanswered();
        } else if (answer.isTransient()) {
            timeline.refused();
            if (!answer.saysWhenToRetry()) {
                promises.broken("a refusal for now that does not say when to come again: " + answer);
            }
        } else if (answer.status() >= 500) {
            promises.broken("an answer that blames the client for nothing: " + answer);
        }
    }

    private void note(Wish wish, Answer answer) {
        if (answer.status() == 201) {
            Accepted order = new Accepted(answer.at("/orderId"), wish.customer(), wish.total(), wish.lines());
            if (!wish.ownId().isEmpty() && !wish.ownId().equals(order.orderId())) {
                promises.broken("order " + wish.ownId() + " was answered as " + order.orderId());
            }
            if (wish.wrongPrice()) {
                promises.broken("order " + order.orderId() + " was accepted at a price that is not the catalogue's");
            }
            promises.accepted(order);
            recent.addLast(order);
            if (recent.size() > RECENT) {
                recent.removeFirst();
            }
        } else if (answer.status() >= 400 && !answer.isTransient()) {
            if (!wish.wrongPrice()) {
                promises.broken("a good order was refused: " + wish.body() + " " + answer);
            } else if (!wish.ownId().isEmpty()) {
                promises.refused(wish.ownId(), answer.body());
            }
        }
    }

    // Cancelling

    private void cancel(BooleanSupplier open) throws InterruptedException {
        // mostly one placed just now, whose fulfilment is under way
        Accepted order = random.nextInt(4) == 0 ? recent.peekFirst() : recent.peekLast();
        if (order == null) {
            return;
        }
        String path = "/api/orders/" + order.orderId() + "/cancel";
        for (int tries = 0; tries < TRIES && open.getAsBoolean(); tries++) {
            Answer answer = client.send(
                    commandSide.get(tries % commandSide.size()), "POST", path, "{\"note\":\"no more\"}", Map.of());
            count(answer);
            switch (answer.status()) {
                case 200 -> promises.cancelled(order.orderId(), answer.at("/status"));
                case 409 -> promises.tooLate(order.orderId());
                case 404 -> promises.broken("order " + order.orderId() + " was accepted, and is not known: " + answer);
                default -> {}
            }
            if (!answer.isTransient()) {
                return;
            }
            Thread.sleep(PAUSE);
        }
    }

    // Stock

    private void restock(BooleanSupplier open) throws InterruptedException {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        int change = 1 + random.nextInt(20);
        String body = "{\"change\":%d,\"adjustmentId\":\"%s\"}".formatted(change, id);
        String path = "/api/products/" + Catalogue.scarce().sku() + "/stock";
        boolean again = random.nextBoolean();
        for (int tries = 0; tries < TRIES && open.getAsBoolean(); tries++) {
            Answer answer = client.send(commandSide.get(tries % commandSide.size()), "POST", path, body, Map.of());
            count(answer);
            if (answer.status() == 200) {
                promises.adjusted(id, change);
                if (!again) {
                    return;
                }
                again = false; // the same request once more counts for nothing
            } else if (!answer.isTransient()) {
                promises.broken("stock cannot be counted: " + answer);
                return;
            }
            Thread.sleep(PAUSE);
        }
    }

    // Reading

    private void read() {
        URI node = querySide.get(random.nextInt(querySide.size()));
        Accepted order = recent.peekLast();
        int roll = random.nextInt(4);
        if (order == null || roll == 0) {
            note(client.send(node, "GET", "/api/orders?customerId=customer-" + random.nextInt(200), null, Map.of()));
        } else if (roll == 1) {
            note(client.send(
                    node, "GET", "/api/products/" + Catalogue.any(random).sku(), null, Map.of()));
        } else {
            readOwnWrite(node, order, roll == 2 ? "" : "/history");
        }
    }

    private void readOwnWrite(URI node, Accepted order, String what) {
        Answer answer = client.send(
                node, "GET", "/api/orders/" + order.orderId() + what + "?minVersion=0&wait=2s", null, Map.of());
        note(answer);
        if (answer.status() != 200) {
            return; // not yet visible, which it said
        }
        if (what.isEmpty() && answer.size("/lines") != order.lines()) {
            promises.broken("order " + order.orderId() + " was placed with " + order.lines() + " lines and is read as "
                    + answer.body());
        }
        if (!what.isEmpty() && !answer.at("/events/0/type").equals("OrderPlaced")) {
            promises.broken("the history of " + order.orderId() + " does not begin with its placing: " + answer.body());
        }
    }

    private void note(Answer answer) {
        if (answer.status() == 200) {
            timeline.read();
        } else {
            count(answer);
        }
    }
}
