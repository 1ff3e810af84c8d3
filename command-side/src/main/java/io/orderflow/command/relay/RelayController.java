package io.orderflow.command.relay;

import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For operators: what of the event store is in Kafka. */
@RestController
@RequestMapping("/api/admin/relay")
class RelayController {

    private static final Logger log = LoggerFactory.getLogger(RelayController.class);

    private final RelayPosition position;

    RelayController(RelayPosition position) {
        this.position = position;
    }

    @Operation(summary = "How far the relay is, whichever node publishes")
    @GetMapping
    Progress progress() {
        return position.progress();
    }

    @Operation(
            summary = "Publishes every event again, from the first one on",
            description = "For topics that were lost. Whoever has applied an event drops its repeat")
    @PostMapping("/republish")
    ResponseEntity<Progress> republish(@RequestHeader(name = "X-Actor", defaultValue = "anonymous") String actor) {
        log.warn("{} has every event published again", actor);
        position.moveToTheBeginning();
        return ResponseEntity.accepted()
                .location(URI.create("/api/admin/relay"))
                .body(position.progress());
    }
}
