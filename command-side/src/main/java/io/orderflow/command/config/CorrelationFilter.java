package io.orderflow.command.config;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.axonframework.common.IdentifierFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request a correlation id: the caller's own, or a new one; on the answer, in the log, on the events. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class CorrelationFilter extends OncePerRequestFilter {

    private static final String HEADER = "X-Correlation-Id";
    private static final String ATTRIBUTE = CorrelationFilter.class.getName();
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    static String correlationIdOf(HttpServletRequest request) {
        Object known = request.getAttribute(ATTRIBUTE);
        return known == null ? IdentifierFactory.getInstance().generateIdentifier() : known.toString();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String given = request.getHeader(HEADER);
        String id = given != null && FORM.matcher(given).matches()
                ? given
                : IdentifierFactory.getInstance().generateIdentifier();
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id);
        MDC.put("correlationId", id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("correlationId");
        }
    }
}
