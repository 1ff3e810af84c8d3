package io.orderflow.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.orderflow.query.projection.Projection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.hibernate.annotations.Immutable;
import org.springframework.data.repository.CrudRepository;

@AnalyzeClasses(packages = "io.orderflow.query", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsOnlyTheContractsAndMessaging = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.orderflow.command..", "io.orderflow.saga..", "io.orderflow.quickstart..")
            .because("ADR-0006: the query side knows the other services by their events only");

    @ArchTest
    static final ArchRule sendsNoCommands = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(CommandGateway.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(CommandBus.class)
            .because(
                    "ADR-0006: projections are applied again on a rebuild, so they must have no effect but their rows");

    @ArchTest
    static final ArchRule entitiesAreReadOnlyAndHidden = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .or()
            .areAnnotatedWith(Embeddable.class)
            .should()
            .bePackagePrivate()
            .andShould()
            .beAnnotatedWith(Immutable.class)
            .because("ADR-0006: reads go through read-only entities; only projections write, by SQL");

    @ArchTest
    static final ArchRule repositoriesOnlyRead = noClasses()
            .should()
            .beAssignableTo(CrudRepository.class)
            .because("ADR-0006: only projections write, by SQL");

    @ArchTest
    static final ArchRule projectionsAreHidden = classes()
            .that()
            .areAssignableTo(Projection.class)
            .and()
            .doNotBelongToAnyOf(Projection.class)
            .should()
            .bePackagePrivate()
            .because("ADR-0006: events are the only way into a projection");
}
