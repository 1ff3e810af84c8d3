package io.orderflow.command.config;

import io.orderflow.command.dispatch.Commands;
import io.orderflow.command.dispatch.TooManyCommands;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses, before its body is read, what could not be decided now. A refusal must cost a fraction of what an order costs:
 * otherwise those who are refused take the time of those who are not. It is a 429, since Tomcat closes the connection of
 * whoever gets a 503, and a crowd that must connect anew for each try is worse than one that asks again.
 */
@Component
@Order(BodyLimitFilter.AFTER_CORRELATION - 1)
final class OverloadFilter extends OncePerRequestFilter {

    private final Commands commands;
    private final int status;
    private final byte[] refusal;

    OverloadFilter(Commands commands, JsonMapper json) {
        this.commands = commands;
        ProblemDetail problem = Refusals.of(new TooManyCommands());
        this.status = problem.getStatus();
        this.refusal = json.writeValueAsBytes(problem);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!commands.areTooMany()) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(status);
        response.setHeader(HttpHeaders.RETRY_AFTER, Problems.RETRY_SECONDS);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(refusal.length);
        response.getOutputStream().write(refusal);
    }

    /** Questions are not commands, and of a batch each line is answered by itself. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null || !type.startsWith(MediaType.APPLICATION_JSON_VALUE);
    }
}
