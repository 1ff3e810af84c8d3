package io.orderflow.messaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.extensions.kafka.eventhandling.consumer.Fetcher;

@AnalyzeClasses(packages = "io.orderflow", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CONTRACTS_DEPEND_ON_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAPackage("io.orderflow.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.orderflow.messaging..", "org.springframework..", "org.apache.kafka..", "java.sql..")
            .because("ADR-0001: what is said does not know how it travels or where it is kept");

    @ArchTest
    static final ArchRule MESSAGING_KNOWS_NO_BUSINESS = noClasses()
            .that()
            .resideInAPackage("io.orderflow.messaging..")
            .and()
            .resideOutsideOfPackage("io.orderflow.messaging.cloudevents..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.orderflow.api.(*)..")
            .because("ADR-0005: how it travels is the same for every message; only the sealed command types are named");

    @ArchTest
    static final ArchRule MESSAGING_KNOWS_NO_SERVICE = noClasses()
            .that()
            .resideInAPackage("io.orderflow.messaging..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.orderflow.command..", "io.orderflow.saga..", "io.orderflow.query..", "io.orderflow.servers..")
            .because("ADR-0001: services know api-contracts and messaging, these know no service");

    @ArchTest
    static final ArchRule NO_STOCK_READERS = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Fetcher.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(StreamingEventProcessor.class)
            .because("ADR-0005: they acknowledge apart from the effects, or give up after some tries");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.orderflow.messaging.(*)..")
            .should()
            .beFreeOfCycles()
            .because("ADR-0001: a package can be read without the ones that use it");
}
