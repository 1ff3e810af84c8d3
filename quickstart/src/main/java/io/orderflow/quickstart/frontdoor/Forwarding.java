package io.orderflow.quickstart.frontdoor;

import io.orderflow.quickstart.Service;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * Forwards requests as they are, bodies streamed both ways: questions to the query side, commands to the command side,
 * and what names a service to that one.
 */
@Controller
class Forwarding {

    /** They belong to one connection, or are set by the client that forwards. */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host",
            "content-length",
            "expect",
            "http2-settings");

    private final Set<InputStream> endless = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private final ServiceAddresses addresses;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    Forwarding(ServiceAddresses addresses) {
        this.addresses = addresses;
    }

    @RequestMapping({"/api/orders/**", "/api/products/**", "/api/orders", "/api/products"})
    void forward(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean question =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        forward(question ? Service.QUERY : Service.COMMAND, request.getRequestURI(), null, request, response);
    }

    @RequestMapping({"/api/statistics/**", "/api/admin/projections", "/api/admin/projections/**"})
    void forwardToQuerySide(HttpServletRequest request, HttpServletResponse response) throws IOException {
        forward(Service.QUERY, request.getRequestURI(), null, request, response);
    }

    @RequestMapping({"/api/{service:command|saga|query}/**"})
    void forwardToNamed(@PathVariable String service, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        forward(named(service), request.getRequestURI(), null, request, response);
    }

    /** Everything else that a service shows: its API description, its health and its figures. */
    @RequestMapping("/services/{service:command|saga|query}/**")
    void forwardAll(@PathVariable String service, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String prefix = "/services/" + service;
        forward(named(service), request.getRequestURI().substring(prefix.length()), prefix, request, response);
    }

    private Service named(String path) {
        return addresses
                .named(path)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "this service does not run here"));
    }

    private void forward(
            Service service,
            String path,
            @Nullable String prefix,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        URI address = addresses.of(service).orElseThrow();
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        HttpRequest.Builder forwarded =
                HttpRequest.newBuilder(URI.create(address + path + query)).method(request.getMethod(), body(request));
        copyHeaders(request, forwarded);
        forwarded.setHeader("X-Forwarded-Proto", request.getScheme());
        forwarded.setHeader("X-Forwarded-Host", request.getServerName());
        forwarded.setHeader("X-Forwarded-Port", Integer.toString(request.getServerPort()));
        if (prefix != null) {
            forwarded.setHeader("X-Forwarded-Prefix", prefix);
        }
        answer(forwarded.build(), response);
    }

    private static BodyPublisher body(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length > 0) {
            InputStream content = request.getInputStream();
            return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> content), length);
        }
        if (length < 0 && request.getHeader("Transfer-Encoding") != null) {
            InputStream content = request.getInputStream();
            return BodyPublishers.ofInputStream(() -> content);
        }
        return BodyPublishers.noBody();
    }

    private static void copyHeaders(HttpServletRequest request, HttpRequest.Builder forwarded) {
        for (String name : Collections.list(request.getHeaderNames())) {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                Collections.list(request.getHeaders(name)).forEach(value -> forwarded.header(name, value));
            }
        }
    }

    private void answer(HttpRequest forwarded, HttpServletResponse response) throws IOException {
        HttpResponse<InputStream> answer;
        try {
            answer = client.send(forwarded, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        response.setStatus(answer.statusCode());
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT)) || name.equalsIgnoreCase("content-length")) {
                values.forEach(value -> response.addHeader(name, value));
            }
        });
        try (InputStream content = answer.body()) {
            if (isEndless(answer)) {
                endless.add(content);
            }
            copy(content, response.getOutputStream());
        } catch (IOException e) {
            if (!stopping || !isEndless(answer)) {
                throw e;
            }
        } finally {
            endless.remove(answer.body());
        }
    }

    private static boolean isEndless(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("content-type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
    }

    /** Ends live streams, which stopping would wait for; their clients come back and miss nothing. */
    @EventListener
    void stop(ContextClosedEvent closing) throws IOException {
        stopping = true;
        for (InputStream stream : endless) {
            stream.close();
        }
    }

    /** Passed on as it comes: a stream of events must not wait until a buffer is full. */
    private static void copy(InputStream content, OutputStream out) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            out.write(buffer, 0, read);
            if (content.available() == 0) {
                out.flush();
            }
        }
    }
}
