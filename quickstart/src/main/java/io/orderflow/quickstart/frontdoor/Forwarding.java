package io.orderflow.quickstart.frontdoor;

import io.orderflow.quickstart.Service;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
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

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 1024;
    private final Set<InputStream> endless = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private final ServiceAddresses addresses;
    /** Jetty's: it sends and receives at the same time, which the JDK's does not do, and a batch of orders needs. */
    private final HttpClient client = new HttpClient();

    Forwarding(ServiceAddresses addresses) {
        this.addresses = addresses;
        client.setExecutor(new VirtualThreadPool());
        client.setConnectTimeout(CONNECT_LIMIT.toMillis());
        client.setIdleTimeout(LIMIT.toMillis());
        client.setMaxConnectionsPerDestination(CONNECTIONS);
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
    }

    @PostConstruct
    void start() throws Exception {
        client.start();
        client.getContentDecoderFactories().clear(); // bodies stay as they are
    }

    @PreDestroy
    void stop() throws Exception {
        client.stop();
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

    @RequestMapping({"/api/admin/relay", "/api/admin/relay/**"})
    void forwardToCommandSide(HttpServletRequest request, HttpServletResponse response) throws IOException {
        forward(Service.COMMAND, request.getRequestURI(), null, request, response);
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
        URI address = addresses.of(service);
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        Request forwarded =
                client.newRequest(URI.create(address + path + query)).method(request.getMethod());
        forwarded.headers(headers -> {
            copyHeaders(request, headers);
            headers.put("X-Forwarded-Proto", request.getScheme());
            headers.put("X-Forwarded-Host", request.getServerName());
            headers.put("X-Forwarded-Port", Integer.toString(request.getServerPort()));
            if (prefix != null) {
                headers.put("X-Forwarded-Prefix", prefix);
            }
        });
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            forwarded.body(new Body(request.getInputStream(), request.getContentLengthLong()));
        }
        answer(forwarded, response);
    }

    /** A body as it comes, with the length that was told. */
    private static final class Body extends InputStreamRequestContent {

        private final long length;

        Body(InputStream content, long length) {
            super(content);
            this.length = length;
        }

        @Override
        public long getLength() {
            return length;
        }

        @Override
        public @Nullable String getContentType() {
            return null; // it is among the headers
        }
    }

    private static void copyHeaders(HttpServletRequest request, HttpFields.Mutable headers) {
        for (String name : Collections.list(request.getHeaderNames())) {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                Collections.list(request.getHeaders(name)).forEach(value -> headers.add(name, value));
            }
        }
    }

    private void answer(Request forwarded, HttpServletResponse response) throws IOException {
        InputStreamResponseListener answer = new InputStreamResponseListener();
        // on a thread of its own: the answer begins while the body is still being sent
        Thread.startVirtualThread(() -> forwarded.send(answer));
        Response head;
        try {
            head = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException | TimeoutException e) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, "a service does not answer; try again", e);
        }
        response.setStatus(head.getStatus());
        for (HttpField field : head.getHeaders()) {
            if (!NOT_FORWARDED.contains(field.getLowerCaseName())
                    || field.getLowerCaseName().equals("content-length")) {
                response.addHeader(field.getName(), field.getValue());
            }
        }
        InputStream content = answer.getInputStream();
        try (content) {
            if (isEndless(head)) {
                endless.add(content);
            }
            copy(content, response.getOutputStream());
        } catch (IOException e) {
            if (!stopping || !isEndless(head)) {
                throw e;
            }
        } finally {
            endless.remove(content);
        }
    }

    private static boolean isEndless(Response answer) {
        String type = answer.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.startsWith("text/event-stream");
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
