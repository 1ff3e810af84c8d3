package io.orderflow.command;

import io.orderflow.messaging.MessagingConfiguration;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** The write service: REST commands, the event store, the relay. Configured by {@code command-side.yml}. */
@OpenAPIDefinition(info = @Info(title = "Orderflow: commands", version = "1"))
@SpringBootApplication
@ConfigurationPropertiesScan
@Import(MessagingConfiguration.class)
public class CommandSideApplication {

    /** Starts the service. */
    public static void main(String[] arguments) {
        System.setProperty("axoniq.update-checker.disabled", "true"); // Axon looks nowhere else for it
        System.setProperty("spring.config.name", "command-side");
        SpringApplication.run(CommandSideApplication.class, arguments);
    }
}
