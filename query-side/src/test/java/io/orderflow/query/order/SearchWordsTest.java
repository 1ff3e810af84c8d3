package io.orderflow.query.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.api.order.CustomerId;
import io.orderflow.api.order.EmailAddress;
import io.orderflow.api.order.OrderEvent.OrderPlaced;
import io.orderflow.api.order.OrderId;
import io.orderflow.api.payment.Money;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SearchWordsTest {

    @Test
    void eachTypedWordIsABeginning() {
        assertThat(SearchWords.query("Iron  POT")).isEqualTo("iron:* & pot:*");
    }

    @Test
    void nothingOfWhatIsTypedIsSyntax() {
        assertThat(SearchWords.query("a' | !b:* & (c\\")).isEqualTo("a:* & b:* & c:*");
        assertThat(SearchWords.query("größe 東京")).isEqualTo("größe:* & 東京:*");
    }

    @Test
    void aWordOfPartsIsSearchedAsOneAndFoundByEachPart() {
        assertThat(SearchWords.query("Eve13@example.org")).isEqualTo("eve13exampleorg:*");
        assertThat(SearchWords.of(order("eve13@example.org")).split(" "))
                .contains("eve13exampleorg", "exampleorg", "org");
    }

    @Test
    void anIdIsFoundByItsBeginningOnly() {
        OrderPlaced order = order("eve@example.org");
        String id = order.orderId().toString();

        assertThat(SearchWords.of(order).split(" "))
                .contains(id.replace("-", ""))
                .doesNotContain(id.substring(id.indexOf('-') + 1).replace("-", ""));
        assertThat(SearchWords.query(id.substring(0, 13)))
                .isEqualTo(id.substring(0, 13).replace("-", "") + ":*");
    }

    private static OrderPlaced order(String email) {
        OrderId id = new OrderId(UUID.randomUUID());
        return new OrderPlaced(id, new CustomerId("ada"), new EmailAddress(email), null, List.of(), Money.of(0, "EUR"));
    }

    @Test
    void withoutAWordNothingIsSearched() {
        assertThatThrownBy(() -> SearchWords.query(" -- ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SearchWords.query("a b c d e f g h i j k l m"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
