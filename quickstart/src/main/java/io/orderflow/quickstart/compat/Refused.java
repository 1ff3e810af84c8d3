package io.orderflow.quickstart.compat;

import java.net.http.HttpResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The canonical API refused; its answer is passed on. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient HttpResponse<String> answer;

    Refused(HttpResponse<String> answer) {
        super("refused with " + answer.statusCode());
        this.answer = answer;
    }

    HttpStatusCode status() {
        return HttpStatusCode.valueOf(answer.statusCode());
    }

    ResponseEntity<String> passOn(HttpStatusCode status) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        answer.headers().firstValue(HttpHeaders.RETRY_AFTER).ifPresent(v -> headers.set(HttpHeaders.RETRY_AFTER, v));
        return new ResponseEntity<>(answer.body(), headers, status);
    }
}
