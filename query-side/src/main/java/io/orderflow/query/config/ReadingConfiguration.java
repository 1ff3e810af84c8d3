package io.orderflow.query.config;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.MessagingConfiguration;
import io.orderflow.messaging.problem.ProblemAdvice;
import io.orderflow.query.generation.GenerationConnections;
import io.orderflow.query.projection.ReadModel;
import io.orderflow.query.projection.ReadTables;
import java.util.Map;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;

/** How events come from Kafka into the read tables. */
@Configuration(proxyBeanMethods = false)
@Import({MessagingConfiguration.class, ProblemAdvice.class})
class ReadingConfiguration {

    /** Named, since Axon would silently go without transactions if it found none. */
    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager manager) {
        return new SpringTransactionManager(manager);
    }

    @Bean
    ConfigurerModule projectionsReadWhatIsApplied(ReadTables tables) {
        return tables.eventProcessors();
    }

    /** No message follows from an event here, to be told by Axon whose consequence it is: collected for each, by default. */
    @Bean
    CorrelationDataProvider noCorrelation() {
        return event -> Map.of();
    }

    /** Names of read tables mean, on every usual connection, the views of what serves this release. */
    @Bean
    static BeanPostProcessor connections() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    pool.setConnectionInitSql("SET search_path = " + ReadModel.searchPath());
                }
                return bean;
            }

            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HikariDataSource pool ? new GenerationConnections(pool) : bean;
            }
        };
    }
}
