package io.orderflow.command;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The write service: REST commands, the event store, the relay. Configured by {@code command-side.yml}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CommandSideApplication {

    /** Starts the service. Axon's question for updates is turned off: nothing here calls home. */
    public static void main(String[] arguments) {
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("spring.config.name", "command-side");
        SpringApplication.run(CommandSideApplication.class, arguments);
    }
}
