package io.creditrefresh.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

@AnalyzeClasses(packages = "io.creditrefresh.ledger", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] RULES = {
        "io.creditrefresh.ledger.schedule..",
        "io.creditrefresh.ledger.plan..",
        "io.creditrefresh.ledger.account..",
        "io.creditrefresh.ledger.refresh..",
        "io.creditrefresh.ledger.imports..",
        "io.creditrefresh.ledger.run..",
        "io.creditrefresh.ledger.movement..",
        "io.creditrefresh.ledger.subscription..",
        "io.creditrefresh.ledger.override..",
        "io.creditrefresh.ledger.rollout..",
        "io.creditrefresh.ledger.spend..",
        "io.creditrefresh.ledger.trail..",
        "io.creditrefresh.ledger.provider..",
        "io.creditrefresh.ledger.billing..",
    };

    @ArchTest
    static final ArchRule rulesArePureJava = classes()
            .that()
            .resideInAnyPackage(RULES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.math..",
                    "java.nio..",
                    "java.security..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify.annotations..",
                    "io.creditrefresh.ledger.schedule..",
                    "io.creditrefresh.ledger.plan..",
                    "io.creditrefresh.ledger.account..",
                    "io.creditrefresh.ledger.refresh..",
                    "io.creditrefresh.ledger.imports..",
                    "io.creditrefresh.ledger.run..",
                    "io.creditrefresh.ledger.movement..",
                    "io.creditrefresh.ledger.subscription..",
                    "io.creditrefresh.ledger.override..",
                    "io.creditrefresh.ledger.rollout..",
                    "io.creditrefresh.ledger.spend..",
                    "io.creditrefresh.ledger.trail..",
                    "io.creditrefresh.ledger.provider..",
                    "io.creditrefresh.ledger.billing..",
                    "io.creditrefresh.ledger.message..");

    @ArchTest
    static final ArchRule nobodyReadsTheTimeForHimself = noClasses()
            .that()
            .resideOutsideOfPackage("io.creditrefresh.ledger.settings..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule theLedgerKnowsNoFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..", "jakarta..", "org.hibernate..", "io.smallrye.reactive..", "io.micrometer..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.creditrefresh.ledger.(*)..").should().beFreeOfCycles();
}
