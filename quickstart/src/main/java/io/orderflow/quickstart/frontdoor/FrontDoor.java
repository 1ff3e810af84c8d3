package io.orderflow.quickstart.frontdoor;

import io.orderflow.quickstart.Service;
import io.orderflow.quickstart.compat.CompatConfiguration;
import java.net.URI;
import java.util.Collection;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The one origin: a small web application of its own on loopback, which shares no bean with the services and knows only
 * their addresses.
 */
public final class FrontDoor implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final ServiceAddresses addresses;

    private FrontDoor(ConfigurableApplicationContext context, ServiceAddresses addresses) {
        this.context = context;
        this.addresses = addresses;
    }

    /** Opens the door to {@code services} on 127.0.0.1; whoever asks one that has no address yet is told to try again. */
    public static FrontDoor open(int port, Collection<Service> services) {
        ServiceAddresses addresses = new ServiceAddresses(services);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(WebApplication.class)
                .initializers(starting -> starting.getBeanFactory().registerSingleton("serviceAddresses", addresses))
                .registerShutdownHook(false)
                .run(
                        "--spring.config.name=front-door",
                        "--spring.main.banner-mode=off",
                        "--server.address=127.0.0.1",
                        "--server.port=" + port);
        return new FrontDoor(context, addresses);
    }

    /** From now on what is for {@code service} goes there. */
    public void leadTo(Service service, URI address) {
        addresses.put(service, address);
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }

    /** Named one by one: what the class path would configure by itself is the services' affair. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        HttpEncodingAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class
    })
    @Import({Forwarding.class, Health.class, CompatConfiguration.class})
    static class WebApplication {

        @Bean
        ServiceClient serviceClient(ServiceAddresses addresses) {
            return new ServiceClient(addresses);
        }
    }
}
