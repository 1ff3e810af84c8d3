package io.orderflow.messaging.parking;

import io.orderflow.messaging.parking.ParkedSequences.Retry;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What an operator does through the API, for tests without a web server. */
public final class TestedParking {

    private final ParkedSequences sequences;

    public TestedParking(JdbcClient jdbc, TransactionOperations transactions, Retriable reader) {
        this.sequences = new ParkedSequences(new Parking(jdbc), transactions, () -> List.of(reader));
    }

    public Retry retry(String reader, String sequence) {
        return sequences.retry(reader, sequence).orElseThrow();
    }

    public boolean discardFirst(String reader, String sequence) {
        return sequences.discardFirst(reader, sequence, "operator");
    }
}
