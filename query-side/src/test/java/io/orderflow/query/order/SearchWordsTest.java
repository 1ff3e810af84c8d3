package io.orderflow.query.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.api.inventory.ProductName;
import io.orderflow.api.inventory.Quantity;
import io.orderflow.api.inventory.Sku;
import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.EmailAddress;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.order.OrderLine;
import io.orderflow.api.payment.Money;
import io.orderflow.query.order.SearchWords.Typed;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SearchWordsTest {

    private static final String SOME = "aB9É東½Ⅳ𝔄\u0301İ  \t\n\u000b\u00a0\u2003@.-";

    @Test
    void eachTypedWordIsABeginning() {
        assertThat(queries("Iron  POT")).containsExactly("iron:*", "pot:*");
    }

    @Test
    void nothingOfWhatIsTypedIsSyntax() {
        assertThat(queries("a' | !b:* & (c\\")).containsExactly("a:*", "b:*", "c:*");
        assertThat(queries("größe 東京")).containsExactly("größe:*", "東京:*");
    }

    private static List<String> queries(String typed) {
        return SearchWords.typed(typed).stream().map(Typed::query).toList();
    }

    @Test
    void aWordOfPartsIsSearchedAsOneAndFoundByEachPart() {
        assertThat(queries("Eve13@example.org")).containsExactly("eve13exampleorg:*");
        assertThat(SearchWords.of(order("eve13@example.org")).split(" "))
                .contains("eve13exampleorg", "exampleorg", "org");
    }

    /** By patterns: words between blanks, and in them parts, each of letters and numbers. */
    @RepeatedTest(200)
    void wordsAreCutWherePatternsSaySo(RepetitionInfo repetition) {
        String text = "x" + anyText(new Random(repetition.getCurrentRepetition()));
        Set<String> expected = new LinkedHashSet<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("\\s+")) {
            List<String> parts = Stream.of(word.split("[^\\p{L}\\p{N}]+"))
                    .filter(part -> !part.isEmpty())
                    .toList();
            for (int from = 0; from < parts.size(); from++) {
                expected.add(String.join("", parts.subList(from, parts.size())));
            }
        }
        OrderLine line =
                new OrderLine(1, new Sku("x"), new ProductName(text), new Quantity(1), Money.of(1, "EUR"), true);
        expected.addAll(List.of("ada", "eveexampleorg", "exampleorg", "org", "x"));
        assertThat(SearchWords.of(order("eve@example.org", line)).split(" "))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String anyText(Random random) {
        return random.ints(random.nextInt(150), 0, SOME.codePointCount(0, SOME.length()))
                .map(i -> SOME.codePointAt(SOME.offsetByCodePoints(0, i)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void anIdIsNoneOfTheWords() {
        OrderPlaced order = order("eve@example.org");
        assertThat(SearchWords.of(order).split(" "))
                .containsExactlyInAnyOrder("ada", "eveexampleorg", "exampleorg", "org");
    }

    @Test
    void eightDigitsMayBeginAnId() {
        Typed beginning = SearchWords.typed("F3A0b1c2-d").getFirst();
        assertThat(beginning.mayBeginAnId()).isTrue();
        assertThat(beginning.firstId()).hasToString("f3a0b1c2-d000-0000-0000-000000000000");
        assertThat(beginning.lastId()).hasToString("f3a0b1c2-dfff-ffff-ffff-ffffffffffff");

        String id = UUID.randomUUID().toString();
        assertThat(SearchWords.typed(id).getFirst().firstId()).hasToString(id);
        assertThat(SearchWords.typed(id).getFirst().lastId()).hasToString(id);
    }

    @Test
    void whatIsShorterOrLongerOrHasOtherLettersDoesNot() {
        String digits = "0123456789abcdef";
        assertThat(Stream.of("f3a0b1c", digits + digits + "0", "f3a0b1cg"))
                .noneMatch(word -> SearchWords.typed(word).getFirst().mayBeginAnId());
    }

    private static OrderPlaced order(String email, OrderLine... lines) {
        OrderId id = new OrderId(UUID.randomUUID());
        return new OrderPlaced(
                id, new CustomerId("ada"), new EmailAddress(email), null, List.of(lines), Money.of(0, "EUR"));
    }

    @Test
    void withoutAWordNothingIsSearched() {
        assertThatThrownBy(() -> SearchWords.typed(" -- ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SearchWords.typed("a b c d e f g h i j k l m"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
