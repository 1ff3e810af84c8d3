package io.orderflow.query;

import io.orderflow.query.generation.ServingGeneration;
import io.orderflow.servers.TestServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** The whole service on a real PostgreSQL and Kafka; one for all tests that carry this. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = QuerySideApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=query-side", "logging.level.root=WARN", "orderflow.query.streams.heartbeat=1s"
        })
@ContextConfiguration(initializers = QuerySideTest.Servers.class)
@Import({PublishedEvents.class, Questions.class, ServingGeneration.class})
public @interface QuerySideTest {

    /** Points the service to the test servers. */
    class Servers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(
                            "ORDERFLOW_DB_URL=" + TestServers.newDatabase(),
                            "ORDERFLOW_DB_USER=" + TestServers.databaseUser(),
                            "ORDERFLOW_DB_PASSWORD=" + TestServers.databasePassword(),
                            "ORDERFLOW_KAFKA=" + TestServers.bootstrapServers())
                    .applyTo(context);
        }
    }
}
