package io.orderflow.query.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.EmailAddress;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.Money;
import io.orderflow.query.order.SearchWords.Typed;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SearchWordsTest {

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

    private static OrderPlaced order(String email) {
        OrderId id = new OrderId(UUID.randomUUID());
        return new OrderPlaced(id, new CustomerId("ada"), new EmailAddress(email), null, List.of(), Money.of(0, "EUR"));
    }

    @Test
    void withoutAWordNothingIsSearched() {
        assertThatThrownBy(() -> SearchWords.typed(" -- ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SearchWords.typed("a b c d e f g h i j k l m"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
