package io.orderflow.quickstart.frontdoor;

import io.orderflow.quickstart.Service;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Where the services listen, as far as they do yet. */
final class ServiceAddresses {

    private final List<Service> services;
    private final Map<Service, URI> addresses = new ConcurrentHashMap<>();

    /** @param services that are to run here */
    ServiceAddresses(Collection<Service> services) {
        this.services = List.copyOf(services);
    }

    void put(Service service, URI address) {
        addresses.put(service, address);
    }

    /** @throws StillStarting when it does not listen yet */
    URI of(Service service) {
        URI address = addresses.get(service);
        if (address == null) {
            throw new StillStarting();
        }
        return address;
    }

    Optional<Service> named(String path) {
        return services.stream().filter(service -> service.path().equals(path)).findFirst();
    }

    List<Service> all() {
        return services;
    }

    private static final class StillStarting extends ResponseStatusException {
        private static final long serialVersionUID = 1L;

        StillStarting() {
            super(HttpStatus.SERVICE_UNAVAILABLE, "a service is still starting; try again");
        }

        @Override
        public HttpHeaders getHeaders() {
            HttpHeaders headers = new HttpHeaders();
            headers.set(HttpHeaders.RETRY_AFTER, "1");
            return headers;
        }
    }
}
