package io.orderflow.quickstart.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.quickstart.Service;
import io.orderflow.servers.TestServers;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The front door before a service that answers each line of a body with what it was asked. */
class FrontDoorTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Tomcat service = new Tomcat();
    private FrontDoor door;
    private URI address;

    @BeforeEach
    void open() throws LifecycleException {
        service.setBaseDir(TestServers.temporaryFolder().toString());
        service.setPort(0);
        Context context = service.addContext("", null);
        Tomcat.addServlet(context, "lines", new AnswerEachLine());
        context.addServletMappingDecoded("/*", "lines");
        service.getConnector();
        service.start();
        address = URI.create("http://localhost:" + service.getConnector().getLocalPort());
        door = FrontDoor.open(0, List.of(Service.COMMAND, Service.QUERY));
        door.leadTo(Service.COMMAND, address);
        door.leadTo(Service.QUERY, address);
    }

    @AfterEach
    void close() throws LifecycleException {
        door.close();
        service.stop();
        service.destroy();
        client.close();
    }

    private static final class AnswerEachLine extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String query = request.getQueryString();
            response.setHeader("X-Asked", request.getMethod() + " " + request.getRequestURI() + "?" + query);
            BufferedReader body = readerOf(request.getInputStream());
            for (String line = body.readLine(); line != null; line = body.readLine()) {
                response.getOutputStream().write(("answer to " + line + "\n").getBytes(StandardCharsets.UTF_8));
                response.flushBuffer();
            }
        }
    }

    private static BufferedReader readerOf(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + door.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void forwardsARequestAsItIs() throws Exception {
        HttpResponse<String> answer = send("PUT", "/api/products/a%20b?x=1&y=%26", "one\ntwo");
        assertThat(answer.headers().firstValue("X-Asked")).contains("PUT /api/products/a%20b?x=1&y=%26");
        assertThat(answer.body()).isEqualTo("answer to one\nanswer to two\n");
        assertThat(send("GET", "/api/orders?customerId=c", "").statusCode()).isEqualTo(200);
    }

    @Test
    void knowsWhoTheOperatorAsks() throws Exception {
        door.close();
        door = FrontDoor.open(0, List.of(Service.COMMAND));
        door.leadTo(Service.COMMAND, address);
        assertThat(send("POST", "/api/admin/relay/republish", "").headers().firstValue("X-Asked"))
                .contains("POST /api/admin/relay/republish?null");
        assertThat(send("GET", "/api/admin/relay", "").statusCode()).isEqualTo(200);
    }

    @Test
    void answersALineBeforeTheNextIsSent() throws Exception {
        try (Socket socket = new Socket("localhost", door.port());
                OutputStream out = socket.getOutputStream();
                BufferedReader in = readerOf(socket.getInputStream())) {
            socket.setSoTimeout(30_000);
            out.write(
                    ascii("POST /api/orders/batch HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"));
            for (int line = 1; line <= 5; line++) {
                out.write(ascii("7\r\nline %d\n\r\n".formatted(line)));
                assertThat(nextAnswer(in)).isEqualTo("answer to line " + line);
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String nextAnswer(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.startsWith("answer")) { // headers, and sizes of chunks
            line = in.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void saysThatAServiceDoesNotAnswer() throws Exception {
        int closed;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = nobody.getLocalPort();
        }
        door.close();
        door = FrontDoor.open(0, List.of(Service.QUERY));
        door.leadTo(Service.QUERY, URI.create("http://localhost:" + closed));
        assertThat(send("GET", "/api/orders", "").statusCode()).isEqualTo(503);
    }

    @Test
    void tellsToTryAgainWhileAServiceStarts() throws Exception {
        door.close();
        door = FrontDoor.open(0, List.of(Service.COMMAND, Service.QUERY));
        door.leadTo(Service.COMMAND, address);
        assertThat(send("POST", "/api/orders", "{}").statusCode()).isEqualTo(200);
        HttpResponse<String> answer = send("GET", "/api/orders", "");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(send("GET", "/health", "").body()).contains("\"query\":\"unhealthy\"");

        door.leadTo(Service.QUERY, address);
        assertThat(send("GET", "/api/orders", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/health", "").statusCode()).isEqualTo(200);
    }
}
