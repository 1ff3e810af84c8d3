package io.orderflow.query.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void withoutAWordNothingIsSearched() {
        assertThatThrownBy(() -> SearchWords.query(" -- ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SearchWords.query("a b c d e f g h i j k l m"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
