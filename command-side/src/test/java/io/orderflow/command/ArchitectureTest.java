package io.orderflow.command;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.spring.stereotype.Aggregate;

@AnalyzeClasses(packages = "io.orderflow", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_ONLY_CONTRACTS_AND_MESSAGING = noClasses()
            .that()
            .resideInAPackage("io.orderflow.command..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.orderflow.saga..", "io.orderflow.query..", "io.orderflow.servers..")
            .because("ADR-0001: services know api-contracts and messaging, never each other");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.orderflow.command.(*)..")
            .should()
            .beFreeOfCycles()
            .because("ADR-0001: a package can be read without the ones that use it");

    @ArchTest
    static final ArchRule CONFIG_KNOWS_NO_ORDERS = noClasses()
            .that()
            .resideInAPackage("io.orderflow.command.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.orderflow.command.order..",
                    "io.orderflow.command.inventory..",
                    "io.orderflow.command.catalogue..",
                    "io.orderflow.api.order..",
                    "io.orderflow.api.inventory..")
            .because("ADR-0001: the only technical package knows nothing of the business");

    @ArchTest
    static final ArchRule AGGREGATES_ARE_PACKAGE_PRIVATE = classes()
            .that()
            .areAnnotatedWith(Aggregate.class)
            .should()
            .bePackagePrivate()
            .because("ADR-0001: only commands reach an aggregate");

    @ArchTest
    static final ArchRule AGGREGATES_TAKE_TIME_FROM_EVENTS = noClasses()
            .that()
            .areAnnotatedWith(Aggregate.class)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because("ADR-0002: a decision is the same after every replay; an event's time is its only clock");

    @ArchTest
    static final ArchRule COMMANDS_GO_THROUGH_ONE_DOOR = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(CommandGateway.class)
            .because("ADR-0004: the caller's thread decides, and nobody drops the answer");
}
