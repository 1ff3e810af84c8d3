package io.orderflow.query.order;

import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderLine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words by which an order is found, and what people type to find it. Text is cut at blanks; within a word everything that
 * is neither a letter nor a digit is left out, so that what remains needs no quoting in PostgreSQL's text search types. A word
 * made of parts, such as an e-mail address, also stands there from each of its parts on: what is typed is always the
 * beginning of one word, and a long one is as rare as it looks. Cut into its parts it would be looked up by the most
 * frequent of them, too. An order's id is none of its words: it was the one that each order adds to the index, which made it
 * twice as large and each order dear. It is looked for where it stands.
 */
final class SearchWords {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("\\s+");
    private static final Pattern BETWEEN_PARTS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int LONGEST_WORD = 100;
    private static final int MOST_TYPED = 12;

    /** The beginning of an id, from its first group on: what is shorter is that of many, and would find them all. */
    private static final Pattern BEGINNING_OF_AN_ID = Pattern.compile("[0-9a-f]{8,32}");

    private SearchWords() {}

    /** The words of an order, as a {@code tsvector}: its customer, e-mail address, and products. */
    static String of(OrderPlaced order) {
        Set<String> words = new LinkedHashSet<>();
        add(words, order.customer().value());
        add(words, order.email() == null ? null : order.email().value());
        for (OrderLine line : order.lines()) {
            add(words, line.sku().value());
            add(words, line.name().value());
        }
        return String.join(" ", words);
    }

    /** A word that was typed; it must be the beginning of one of the order's, or of its id. */
    record Typed(String word) {

        /** As a {@code tsquery}. */
        String query() {
            return word + ":*";
        }

        boolean mayBeginAnId() {
            return BEGINNING_OF_AN_ID.matcher(word).matches();
        }

        UUID firstId() {
            return id('0');
        }

        UUID lastId() {
            return id('f');
        }

        private UUID id(char others) {
            String digits = word + String.valueOf(others).repeat(32 - word.length());
            return new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
        }
    }

    /** @throws IllegalArgumentException when nothing was typed that is a word, or too much */
    static List<Typed> typed(String text) {
        List<Typed> typed = words(text)
                .map(parts -> cut(String.join("", parts)))
                .distinct()
                .map(Typed::new)
                .toList();
        if (typed.isEmpty() || typed.size() > MOST_TYPED) {
            throw new IllegalArgumentException("'q' must have 1 to " + MOST_TYPED + " words of letters and digits");
        }
        return typed;
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
