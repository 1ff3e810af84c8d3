package io.orderflow.messaging.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionSystemException;

class FailuresTest {

    @Test
    void aRollbackOnALostConnectionIsTheInfrastructures() {
        assertThat(Failures.areInfrastructure(new TransactionSystemException(
                        "JDBC rollback failed", new SQLException("Connection is closed"))))
                .isTrue();
    }

    @Test
    void aConnectionThatThePoolHasClosedIsTheInfrastructures() {
        assertThat(Failures.areInfrastructure(new UncategorizedSQLException(
                        "insert", "insert ...", new SQLException("Connection is closed"))))
                .isTrue();
    }

    @Test
    void aServerThatShutsDownIsTheInfrastructures() {
        assertThat(Failures.areInfrastructure(new SQLException("terminating connection", "57P01")))
                .isTrue();
    }

    @Test
    void whatTheServerRefusesIsTheMessages() {
        assertThat(Failures.areInfrastructure(
                        new DataIntegrityViolationException("row", new SQLException("duplicate key", "23505"))))
                .isFalse();
        assertThat(Failures.areInfrastructure(new IllegalStateException("no such order")))
                .isFalse();
    }
}
