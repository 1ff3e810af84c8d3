package io.orderflow.query.order;

import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderLine;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words by which an order is found, and what people type to find it. Both are cut at everything that is neither a
 * letter nor a digit, so that what remains needs no quoting in PostgreSQL's text search types.
 */
final class SearchWords {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int LONGEST_WORD = 100;
    private static final int MOST_TYPED = 12;

    private SearchWords() {}

    /** The words of an order, as a {@code tsvector}: its id, customer, e-mail address, and products. */
    static String of(OrderPlaced order) {
        Set<String> words = new LinkedHashSet<>();
        add(words, order.orderId().toString());
        add(words, order.customer().value());
        add(words, order.email() == null ? null : order.email().value());
        for (OrderLine line : order.lines()) {
            add(words, line.sku().value());
            add(words, line.name().value());
        }
        return String.join(" ", words);
    }

    /**
     * What was typed, as a {@code tsquery}: each word must be the beginning of one of the order's.
     *
     * @throws IllegalArgumentException when it has no word, or too many
     */
    static String query(String typed) {
        Set<String> words = new LinkedHashSet<>();
        add(words, typed);
        if (words.isEmpty() || words.size() > MOST_TYPED) {
            throw new IllegalArgumentException("'q' must have 1 to " + MOST_TYPED + " words of letters and digits");
        }
        return words.stream().map(word -> word + ":*").collect(Collectors.joining(" & "));
    }

    private static void add(Set<String> words, @Nullable String text) {
        if (text != null) {
            Arrays.stream(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT)))
                    .filter(word -> !word.isEmpty())
                    .map(word -> word.substring(0, Math.min(word.length(), LONGEST_WORD)))
                    .forEach(words::add);
        }
    }
}
