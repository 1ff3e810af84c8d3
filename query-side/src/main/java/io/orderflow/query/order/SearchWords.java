package io.orderflow.query.order;

import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderLine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words by which an order is found, and what people type to find it. Text is cut at blanks; within a word everything that
 * is neither a letter nor a digit is left out, so that what remains needs no quoting in PostgreSQL's text search types. A word
 * made of parts, such as an e-mail address, also stands there from each of its parts on: what is typed is always the
 * beginning of one word, and a long one is as rare as it looks. Cut into its parts it would be looked up by the most
 * frequent of them, too. An id stands there as a whole only: nobody else has its parts, which were half of the index.
 */
final class SearchWords {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("\\s+");
    private static final Pattern BETWEEN_PARTS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int LONGEST_WORD = 100;
    private static final int MOST_TYPED = 12;

    private SearchWords() {}

    /** The words of an order, as a {@code tsvector}: its id, customer, e-mail address, and products. */
    static String of(OrderPlaced order) {
        Set<String> words = new LinkedHashSet<>();
        words.add(order.orderId().toString().replace("-", ""));
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
        Set<String> words = words(typed)
                .map(parts -> String.join("", parts))
                .map(SearchWords::cut)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (words.isEmpty() || words.size() > MOST_TYPED) {
            throw new IllegalArgumentException("'q' must have 1 to " + MOST_TYPED + " words of letters and digits");
        }
        return words.stream().map(word -> word + ":*").collect(Collectors.joining(" & "));
    }

    private static void add(Set<String> words, @Nullable String text) {
        if (text != null) {
            words(text).forEach(parts -> {
                for (int from = 0; from < parts.size(); from++) {
                    words.add(cut(String.join("", parts.subList(from, parts.size()))));
                }
            });
        }
    }

    /** Each word as its parts. */
    private static Stream<List<String>> words(String text) {
        return BETWEEN_WORDS
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .map(word -> BETWEEN_PARTS
                        .splitAsStream(word)
                        .filter(part -> !part.isEmpty())
                        .toList())
                .filter(parts -> !parts.isEmpty());
    }

    private static String cut(String word) {
        return word.substring(0, Math.min(word.length(), LONGEST_WORD));
    }
}
