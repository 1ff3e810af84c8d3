package io.orderflow.bench.stock;

import io.orderflow.messaging.serialization.ContractSerializer;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
import org.axonframework.messaging.interceptors.TransactionManagingInterceptor;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.PlatformTransactionManager;

/** One transaction a command, on a pooled connection; the events stored by the framework's engine in the same table. */
@Configuration(proxyBeanMethods = false)
class StockConfiguration {

    @Bean
    @Primary
    EventStorageEngine stockEngine(
            DataSource pool, PlatformTransactionManager transactions, ContractSerializer serializer) {
        return engine(
                new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(pool)),
                new SpringTransactionManager(transactions),
                serializer);
    }

    static EventStorageEngine engine(
            ConnectionProvider connections, TransactionManager transactions, ContractSerializer serializer) {
        PersistenceExceptionResolver duplicates = new JdbcSQLErrorCodesResolver();
        return JdbcEventStorageEngine.builder()
                .connectionProvider(connections)
                .transactionManager(transactions)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .persistenceExceptionResolver(duplicates)
                .schema(schema())
                .build();
    }

    private static EventSchema schema() {
        return EventSchema.builder()
                .eventTable("domain_event_entry")
                .snapshotTable("snapshot_event_entry")
                .globalIndexColumn("global_index")
                .timestampColumn("time_stamp")
                .eventIdentifierColumn("event_identifier")
                .aggregateIdentifierColumn("aggregate_identifier")
                .sequenceNumberColumn("sequence_number")
                .payloadTypeColumn("payload_type")
                .payloadRevisionColumn("payload_revision")
                .metaDataColumn("meta_data")
                .build();
    }

    @Bean
    InitializingBean aTransactionEach(CommandBus bus, PlatformTransactionManager transactions) {
        return () -> {
            var unused = bus.registerHandlerInterceptor(
                    new TransactionManagingInterceptor<CommandMessage<?>>(new SpringTransactionManager(transactions)));
        };
    }
}
