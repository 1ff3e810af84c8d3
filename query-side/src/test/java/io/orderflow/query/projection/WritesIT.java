package io.orderflow.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.servers.TestServers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class WritesIT {

    private final JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(
            TestServers.newDatabase(), TestServers.databaseUser(), TestServers.databasePassword(), true));

    private final Writes writes = new Writes();

    @BeforeEach
    void makeTables() {
        jdbc.execute("CREATE TABLE one (a integer)");
        jdbc.execute("CREATE TABLE other (a integer, b text)");
    }

    @Test
    void eachStatementTellsItsOwnRowsAndSeesWhatThoseBeforeItWrote() {
        List<Integer> touched = new ArrayList<>();
        writes.add(
                touched::add, "INSERT INTO one SELECT * FROM unnest(?::integer[])", (Object) new Integer[] {1, 2, 3});
        writes.add(touched::add, "UPDATE one SET a = a + ? WHERE a >= ?", 10, 2);
        writes.add(touched::add, "INSERT INTO other SELECT a, ? FROM one WHERE a > 10 AND a < ?", "x", 13);

        writes.execute(jdbc);

        assertThat(touched).containsExactly(3, 2, 1);
        assertThat(jdbc.queryForObject("SELECT a || b FROM other", String.class))
                .isEqualTo("12x");
    }

    /** What comes in one message is one transaction to PostgreSQL, also where none was begun. */
    @Test
    void travelTogether() {
        writes.add("INSERT INTO one VALUES (?)", 1);
        writes.add("INSERT INTO one VALUES (1 / ?)", 0);

        assertThatThrownBy(() -> writes.execute(jdbc)).hasMessageContaining("division by zero");

        assertThat(jdbc.queryForObject("SELECT count(*) FROM one", Integer.class))
                .isZero();
    }

    @Test
    void failWhenOneTouchesOtherRowsThanItMust() {
        writes.add("INSERT INTO one VALUES (?)", 1);
        writes.addTouching(2, "UPDATE one SET a = ?", 7);

        assertThatThrownBy(() -> writes.execute(jdbc)).hasMessageContaining("1 rows instead of 2: UPDATE one");
    }

    @Test
    void refuseToPassOverRowsThatComeBack() {
        writes.add("INSERT INTO one VALUES (?)", 1);
        writes.add("SELECT a FROM one");

        assertThatThrownBy(() -> writes.execute(jdbc)).hasMessageContaining("SELECT a FROM one");
    }

    @Test
    void nothingToWriteAsksNobody() {
        writes.execute(new JdbcTemplate());
    }
}
