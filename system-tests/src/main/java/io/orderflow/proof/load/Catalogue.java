package io.orderflow.proof.load;

import io.orderflow.proof.load.Client.Answer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The products that are ordered: a hot one, some ordinary ones, and one of which there is never enough. */
final class Catalogue {

    /** @param price of one piece, minor units */
    record Product(String sku, long price, int pieces) {

        String priceText() {
            return price / 100 + "." + "%02d".formatted(price % 100);
        }
    }

    private static final Product HOT = new Product("hot-teapot", 2999, 1_000_000);
    private static final Product SCARCE = new Product("scarce-samovar", 38_900, 20);
    private static final List<Product> ORDINARY = IntStream.range(0, 12)
            .mapToObj(number -> new Product("cup-" + number, 100 + 7L * number, 100_000))
            .toList();

    private Catalogue() {}

    static Product scarce() {
        return SCARCE;
    }

    static Product any(Random random) {
        int roll = random.nextInt(100);
        if (roll < 40) {
            return HOT;
        }
        return roll < 46 ? SCARCE : ORDINARY.get(random.nextInt(ORDINARY.size()));
    }

    /** Registers all products and puts in their stock. */
    static void load(Client client, URI commandSide) {
        Stream.concat(Stream.of(HOT, SCARCE), ORDINARY.stream()).forEach(product -> {
            require(client.send(
                    commandSide,
                    "PUT",
                    "/api/products/" + product.sku(),
                    "{\"name\":\"%s\",\"price\":\"%s\"}".formatted(product.sku(), product.priceText()),
                    Map.of()));
            require(client.send(
                    commandSide,
                    "POST",
                    "/api/products/" + product.sku() + "/stock",
                    "{\"change\":%d,\"reason\":\"first\"}".formatted(product.pieces()),
                    Map.of("Idempotency-Key", "first " + product.sku())));
        });
    }

    private static void require(Answer answer) {
        if (answer.status() >= 300 || answer.status() == 0) {
            throw new IllegalStateException("the catalogue cannot be loaded: " + answer);
        }
    }
}
