package io.orderflow.bench.order;

import io.orderflow.proof.load.Client;
import io.orderflow.proof.load.Client.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The products that are ordered: numbered, each with a price of its own and as good as endless stock. */
public final class Products {

    /** How many there are. */
    public static final int COUNT = 100;

    private static final int STOCK = 1_000_000_000;

    private Products() {}

    /** Registers all of them and puts in their stock. */
    public static void register(URI commandSide) {
        Client client = new Client(Duration.ofSeconds(10));
        for (int number = 0; number < COUNT; number++) {
            String path = "/api/products/" + sku(number);
            String product = "{\"name\":\"Product %d\",\"price\":\"%s\"}".formatted(number, price(number));
            require(client.send(commandSide, "PUT", path, product, Map.of()));
            String delivery = "{\"change\":%d,\"reason\":\"delivery\"}".formatted(STOCK);
            require(client.send(commandSide, "POST", path + "/stock", delivery, Map.of()));
        }
    }

    private static void require(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException("a product cannot be registered: " + answer);
        }
    }

    public static String sku(int number) {
        return "product-" + number;
    }

    /** Of one piece, in minor units of EUR. */
    public static long cents(int number) {
        return 199 + 50L * number;
    }

    private static String price(int number) {
        return "%d.%02d".formatted(cents(number) / 100, cents(number) % 100);
    }
}
