package io.orderflow.messaging.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class ProblemAdviceTest {

    private final ProblemAdvice advice = new ProblemAdvice();

    static Exception[] lostConnections() {
        return new Exception[] {
            new CannotCreateTransactionException("no connection"),
            new TransactionSystemException("cannot roll back", new SQLException("Connection is closed")),
            new UncategorizedSQLException("query", null, new SQLException("terminating connection", "57P01"))
        };
    }

    @ParameterizedTest
    @MethodSource("lostConnections")
    void aQuestionThatLosesItsConnectionIsToBeAskedAgain(Exception lost) {
        var answer = advice.other(lost);

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isNotBlank();
    }

    @Test
    void aValueThatTheDatabaseRefusesIsTheCallers() {
        var answer = advice.other(new RuntimeException(new SQLException("invalid byte sequence: 0x00", "22021")));

        assertThat(answer.getStatusCode().value()).isEqualTo(400);
    }

    @Test
    void anythingElseIsOurFaultAndDoesNotSayMore() {
        var answer = advice.other(new IllegalStateException("a secret of ours"));

        assertThat(answer.getStatusCode().value()).isEqualTo(500);
        assertThat(String.valueOf(answer.getBody())).doesNotContain("secret");
    }
}
