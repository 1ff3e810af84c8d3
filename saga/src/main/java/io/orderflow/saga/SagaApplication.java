package io.orderflow.saga;

import io.orderflow.messaging.MessagingConfiguration;
import io.orderflow.messaging.problem.ProblemAdvice;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import org.axonframework.spring.stereotype.Saga;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** The saga service: what follows from an order. */
@SpringBootConfiguration
@EnableAutoConfiguration
// the saga is registered by hand, with a repository of ours; found by scanning it would get Axon's as well
@ComponentScan(excludeFilters = @ComponentScan.Filter(Saga.class))
@OpenAPIDefinition(info = @Info(title = "Orderflow: fulfilment", version = "1"))
@Import({MessagingConfiguration.class, ProblemAdvice.class})
public class SagaApplication {

    public static void main(String[] arguments) {
        application().run(arguments);
    }

    /** The service, not yet started; its configuration file has a name of its own. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(SagaApplication.class).properties("spring.config.name=saga");
    }
}
