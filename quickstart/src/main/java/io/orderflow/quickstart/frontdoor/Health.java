package io.orderflow.quickstart.frontdoor;

import io.orderflow.quickstart.Service;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Whether all services are ready, what they depend on included. */
@RestController
class Health {

    private final ServiceAddresses addresses;
    private final ServiceClient client;

    Health(ServiceAddresses addresses, ServiceClient client) {
        this.addresses = addresses;
        this.client = client;
    }

    record Answer(String status, Map<String, String> services) {}

    @GetMapping("/health")
    ResponseEntity<Answer> health() {
        Map<String, String> services = new TreeMap<>();
        for (Service service : addresses.all()) {
            services.put(service.path(), isReady(service) ? "healthy" : "unhealthy");
        }
        boolean healthy = !services.containsValue("unhealthy");
        return ResponseEntity.status(healthy ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(new Answer(healthy ? "healthy" : "unhealthy", services));
    }

    private boolean isReady(Service service) {
        try {
            return client.get(service, "/actuator/health/readiness").statusCode() == HttpStatus.OK.value();
        } catch (ResponseStatusException e) {
            return false;
        }
    }
}
