package io.orderflow.proof;

import io.orderflow.proof.books.Books;
import io.orderflow.proof.books.Check;
import io.orderflow.proof.faults.Faults.Happened;
import io.orderflow.proof.load.Timeline.Second;
import java.time.Duration;
import java.util.List;

/** Orders are accepted while Kafka is away. */
record WithoutKafka(List<Happened> faults, List<Second> seconds) {

    /** Shorter absences tell nothing: requests were under way. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    /** Of all absences together: in a single one, the database or every command side may be away as well. */
    void check(Books books) {
        Check check = books.check("accepted-without-kafka", "orders are accepted while Kafka is away for long");
        List<Happened> absences =
                faults.stream().filter(WithoutKafka::isLongAbsence).toList();
        if (!absences.isEmpty()) {
            check.require(
                    absences.stream().anyMatch(absence -> acceptedBetween(absence.began(), absence.ended()) > 0),
                    absences.toString());
        }
    }

    private static boolean isLongAbsence(Happened fault) {
        return (fault.what().equals("kill kafka") || fault.what().equals("freeze kafka"))
                && fault.ended().minus(fault.began()).compareTo(LONG_ENOUGH) >= 0;
    }

    private long acceptedBetween(Duration began, Duration ended) {
        return seconds.stream()
                .filter(second -> second.second() > began.toSeconds() + 1 && second.second() < ended.toSeconds())
                .mapToLong(Second::accepted)
                .sum();
    }
}
