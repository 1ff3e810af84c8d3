package io.orderflow.query;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The read service: projects events into tables and answers questions about orders and products. */
@OpenAPIDefinition(info = @Info(title = "Orderflow: questions", version = "1"))
@SpringBootApplication
public class QuerySideApplication {

    /** The service, not yet started; it reads {@code query-side.yml}. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(QuerySideApplication.class)
                .properties(Map.of("spring.config.name", "query-side"));
    }

    public static void main(String[] arguments) {
        // Axon asks a server of its maker's for updates otherwise
        System.setProperty("axoniq.update-checker.disabled", "true");
        application().run(arguments);
    }
}
