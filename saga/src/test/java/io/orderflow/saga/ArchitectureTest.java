package io.orderflow.saga;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.clients.producer.Producer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.spring.stereotype.Saga;
import org.springframework.jdbc.core.JdbcOperations;

@AnalyzeClasses(packages = "io.orderflow.saga", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_CONTRACTS_AND_MESSAGING = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.orderflow.command..",
                    "io.orderflow.query..",
                    "io.orderflow.servers..",
                    "io.orderflow.quickstart..")
            .because("ADR-0001: services know api-contracts and messaging, never each other");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.orderflow.saga.(*)..")
            .should()
            .beFreeOfCycles()
            .because("ADR-0001: a package can be read without the ones that use it");

    @ArchTest
    static final ArchRule WORK_KNOWS_NO_STEP = noClasses()
            .that()
            .resideInAPackage("io.orderflow.saga.work..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.orderflow.saga.payment..",
                    "io.orderflow.saga.shipping..",
                    "io.orderflow.saga.notification..",
                    "io.orderflow.saga.fulfilment..")
            .because("ADR-0007: leasing, retrying and fencing are the same for every outside effect");

    @ArchTest
    static final ArchRule THE_SAGA_ONLY_DECIDES = noClasses()
            .that()
            .areAnnotatedWith(Saga.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(JdbcOperations.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Connection.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Producer.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because("ADR-0007: what it decides is stored with its own row, and leaves after the commit");

    @ArchTest
    static final ArchRule STORES_NO_EVENTS = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(EventStore.class)
            .because("ADR-0007: events are the aggregates' to apply; the saga sends commands");
}
