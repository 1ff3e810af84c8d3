package io.orderflow.messaging.parking;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What of this service is parked, for operators. */
@RestController
@RequestMapping("/api/${orderflow.service}/parked")
public final class ParkingController {

    private final ParkedSequences sequences;

    public ParkingController(ParkedSequences sequences) {
        this.sequences = sequences;
    }

    @GetMapping
    List<ParkedSequence> list(@RequestParam(defaultValue = "100") int limit) {
        return sequences.list(Math.clamp(limit, 1, 1000));
    }

    /** Retries everything, for when what they all waited for is there. */
    @PostMapping("/retry")
    Map<String, Integer> retryAll() {
        List<ParkedSequences.Retry> retries = sequences.retryAll(1000);
        return Map.of("retried", retries.size(), "released", (int)
                retries.stream().filter(ParkedSequences.Retry::released).count());
    }

    /** The sequence is in the query, since the id of a command's sequence has a slash in it. */
    @PostMapping("/{reader}/retry")
    ResponseEntity<Object> retry(@PathVariable String reader, @RequestParam String sequence) {
        if (cannotBe(reader, sequence)) {
            return notParked(reader, sequence);
        }
        return sequences
                .retry(reader, sequence)
                .<ResponseEntity<Object>>map(ResponseEntity::ok)
                .orElseGet(() -> notParked(reader, sequence));
    }

    /** Discards the first record of the sequence; those behind it can then be retried. */
    @DeleteMapping("/{reader}/first")
    ResponseEntity<Object> discard(
            @PathVariable String reader,
            @RequestParam String sequence,
            @RequestHeader(name = "X-Actor", defaultValue = "anonymous") String actor) {
        if (cannotBe(reader, sequence)) {
            return notParked(reader, sequence);
        }
        return sequences.discardFirst(reader, sequence, actor)
                ? ResponseEntity.noContent().build()
                : notParked(reader, sequence);
    }

    // PostgreSQL has no text with a NUL in it, and refuses to be asked for one
    private static boolean cannotBe(String reader, String sequence) {
        return reader.indexOf('\0') >= 0 || sequence.indexOf('\0') >= 0;
    }

    private static ResponseEntity<Object> notParked(String reader, String sequence) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.NOT_FOUND,
                "Nothing of " + sequence + " is parked for reader " + reader + "; GET this collection for what is.");
        problem.setTitle("Not parked");
        return ResponseEntity.status(HttpStatus.NOT_FOUND).body(problem);
    }
}
