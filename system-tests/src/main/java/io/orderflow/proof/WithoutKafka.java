package io.orderflow.proof;

import io.orderflow.proof.books.Books;
import io.orderflow.proof.books.Check;
import io.orderflow.proof.faults.Faults.Happened;
import io.orderflow.proof.load.Timeline.Second;
import java.time.Duration;
import java.util.List;

/** Orders are accepted while Kafka is away. */
record WithoutKafka(List<Happened> faults, List<Second> seconds) {

    /** Shorter absences may fall together with a database that is away. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    void check(Books books) {
        Check check = books.check("accepted-without-kafka", "orders are accepted while Kafka is away for long");
        for (Happened fault : faults) {
            boolean away = fault.what().equals("kill kafka") || fault.what().equals("freeze kafka");
            if (away && fault.ended().minus(fault.began()).compareTo(LONG_ENOUGH) >= 0) {
                check.require(acceptedBetween(fault.began(), fault.ended()) > 0, fault.toString());
            }
        }
    }

    private long acceptedBetween(Duration began, Duration ended) {
        return seconds.stream()
                .filter(second -> second.second() > began.toSeconds() + 1 && second.second() < ended.toSeconds())
                .mapToLong(Second::accepted)
                .sum();
    }
}
