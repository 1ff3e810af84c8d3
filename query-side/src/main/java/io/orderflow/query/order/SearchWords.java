package io.orderflow.query.order;

import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
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
        List<Typed> typed =
                words(text).stream().map(Word::whole).distinct().map(Typed::new).toList();
        if (typed.isEmpty() || typed.size() > MOST_TYPED) {
            throw new IllegalArgumentException("'q' must have 1 to " + MOST_TYPED + " words of letters and digits");
        }
        return typed;
    }

    private static void add(Set<String> words, @Nullable String text) {
        if (text != null) {
            words(text).forEach(word -> word.addTo(words));
        }
    }

    // by hand: of all that is done to write an order, cutting its words by patterns took a fourteenth
    private static List<Word> words(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<Word> words = new ArrayList<>();
        Word word = new Word();
        boolean isInPart = false;
        int at = 0;
        while (at < lower.length()) {
            int found = lower.codePointAt(at);
            if (isBlank(found) && !word.isEmpty()) {
                words.add(word);
                word = new Word();
            }
            boolean belongs = isLetterOrNumber(found);
            if (belongs) {
                word.append(found, !isInPart);
            }
            isInPart = belongs;
            at += Character.charCount(found);
        }
        if (!word.isEmpty()) {
            words.add(word);
        }
        return words;
    }

    private static boolean isBlank(int found) {
        return found == ' ' || found >= '\t' && found <= '\r';
    }

    private static boolean isLetterOrNumber(int found) {
        return Character.isLetterOrDigit(found) || isOtherNumber(Character.getType(found));
    }

    private static boolean isOtherNumber(int type) {
        return type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
    }

    /** Letters and digits of a word, and where its parts begin. */
    private static final class Word {

        private final StringBuilder letters = new StringBuilder();
        private final List<Integer> parts = new ArrayList<>();

        void append(int letter, boolean beginsPart) {
            if (beginsPart) {
                parts.add(letters.length());
            }
            letters.appendCodePoint(letter);
        }

        boolean isEmpty() {
            return parts.isEmpty();
        }

        String whole() {
            return from(0);
        }

        /** From each of its parts on. */
        void addTo(Set<String> words) {
            parts.forEach(part -> words.add(from(part)));
        }

        private String from(int part) {
            return letters.substring(part, Math.min(letters.length(), part + LONGEST_WORD));
        }
    }
}
