package io.orderflow.command;

import io.orderflow.command.recovery.RecoverStore;
import io.orderflow.messaging.MessagingConfiguration;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.util.List;
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

    /** Starts the service; or, told {@code recover-store}, brings back what a restored store lacks, and ends. */
    public static void main(String[] arguments) {
        if (List.of(arguments).equals(List.of("recover-store"))) {
            System.exit(RecoverStore.run(System.getenv(), System.out));
        }
        System.setProperty("axoniq.update-checker.disabled", "true"); // Axon looks nowhere else for it
        System.setProperty("spring.config.name", "command-side");
        SpringApplication.run(CommandSideApplication.class, arguments);
    }
}
