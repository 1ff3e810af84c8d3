package io.orderflow.command.order;

import io.orderflow.command.config.Caller;
import io.orderflow.command.config.IdempotencyKey;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Many orders with one request, one a line. */
@RestController
@Tag(name = "Orders")
class BatchController {

    private final Batches batches;

    BatchController(Batches batches) {
        this.batches = batches;
    }

    /**
     * Answers each line with a line, in their order, while further ones come: the order's id and status when it is on
     * disk, or the problem for which there is none. With the same key and body, the same orders again.
     */
    @PostMapping(
            path = "/api/orders/batch",
            consumes = MediaType.APPLICATION_NDJSON_VALUE,
            produces = MediaType.APPLICATION_NDJSON_VALUE)
    void place(
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            HttpServletRequest http,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Caller.of(http);
        IdempotencyKey.checked(key);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        batches.place(new Lines(http.getInputStream()), key, caller, response.getOutputStream());
    }
}
