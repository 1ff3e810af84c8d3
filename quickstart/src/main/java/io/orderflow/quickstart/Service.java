package io.orderflow.quickstart;

import java.util.Arrays;
import java.util.List;
import org.springframework.util.ClassUtils;

/** The services, in the way of an order. */
public enum Service {
    COMMAND("command", "command-side", "io.orderflow.command.CommandSideApplication"),
    SAGA("saga", "saga", "io.orderflow.saga.SagaApplication"),
    QUERY("query", "query-side", "io.orderflow.query.QuerySideApplication");

    private final String path;
    private final String configuration;
    private final String application;

    Service(String path, String configuration, String application) {
        this.path = path;
        this.configuration = configuration;
        this.application = application;
    }

    /** The services that are on the class path. */
    static List<Service> present() {
        return Arrays.stream(values())
                .filter(service -> ClassUtils.isPresent(service.application, Service.class.getClassLoader()))
                .toList();
    }

    /** Its name in URLs. */
    public String path() {
        return path;
    }

    /** Name of its configuration file. */
    String configuration() {
        return configuration;
    }

    Class<?> application() {
        return ClassUtils.resolveClassName(application, Service.class.getClassLoader());
    }
}
