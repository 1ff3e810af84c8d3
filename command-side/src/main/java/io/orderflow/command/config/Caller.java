package io.orderflow.command.config;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and as part of which conversation.
 *
 * @param subject in whose name the caller speaks; {@code anonymous} while the service is open
 * @param correlationId the caller's own, from {@code X-Correlation-Id}, or a new one
 * @param traceparent W3C trace context, as it came
 */
public record Caller(
        String subject, String correlationId, @Nullable String traceparent) {

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /** The caller of {@code request}; known since {@link CorrelationFilter}. */
    public static Caller of(HttpServletRequest request) {
        String traceparent = request.getHeader("traceparent");
        return new Caller(
                "anonymous",
                CorrelationFilter.correlationIdOf(request),
                traceparent != null && TRACEPARENT.matcher(traceparent).matches() ? traceparent : null);
    }

    /** Metadata of the caller's commands. */
    public MetaData metaData() {
        Map<String, String> data = new HashMap<>();
        data.put("correlationId", correlationId);
        data.put("actor", subject);
        if (traceparent != null) {
            data.put("traceparent", traceparent);
        }
        return MetaData.from(data);
    }
}
