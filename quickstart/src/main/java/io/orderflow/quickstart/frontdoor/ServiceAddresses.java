package io.orderflow.quickstart.frontdoor;

import io.orderflow.quickstart.Service;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Where the services listen. */
final class ServiceAddresses {

    private final Map<Service, URI> addresses;

    ServiceAddresses(Map<Service, URI> addresses) {
        this.addresses = Map.copyOf(addresses);
    }

    Optional<URI> of(Service service) {
        return Optional.ofNullable(addresses.get(service));
    }

    Optional<Service> named(String path) {
        return all().stream().filter(service -> service.path().equals(path)).findFirst();
    }

    Collection<Service> all() {
        return addresses.keySet();
    }
}
