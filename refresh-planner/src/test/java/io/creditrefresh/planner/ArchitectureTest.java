package io.creditrefresh.planner;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.creditrefresh.planner.watch.Stopwatch;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    private static final JavaClasses PLANNER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.creditrefresh.planner");

    private static final Set<Class<?>> WITH_NOW =
            Set.of(Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class);

    @Test
    void takesTheTimeFromTheOneClock() {
        noClasses()
                .should()
                .callMethodWhere(
                        describe("it reads the time of the machine", ArchitectureTest::readsTheTimeOfTheMachine))
                .orShould()
                .callConstructor(Date.class)
                .check(PLANNER);
    }

    @Test
    void measuresElapsedRealTimeInOnePlace() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.creditrefresh.planner",
                        "io.creditrefresh.planner.tick..",
                        "io.creditrefresh.planner.jobs..",
                        "io.creditrefresh.planner.watch..")
                .and()
                .areNotAssignableTo(Stopwatch.class)
                .should()
                .callMethod(System.class, "nanoTime")
                .check(PLANNER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.quarkus.scheduler",
                "io.smallrye.reactive.messaging.kafka",
                "io.micrometer.core.instrument",
                "org.eclipse.microprofile.health"
            })
    void reallyUsesItsParts(String part) {
        assertThat(PLANNER.stream()
                        .flatMap(planner -> planner.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getPackageName()))
                .contains(part);
    }

    private static boolean readsTheTimeOfTheMachine(JavaMethodCall call) {
        String method = call.getTarget().getName();
        var owner = call.getTargetOwner();
        return method.equals("now") && WITH_NOW.stream().anyMatch(owner::isEquivalentTo)
                || owner.isEquivalentTo(System.class) && method.equals("currentTimeMillis")
                || (owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class))
                        && method.startsWith("system");
    }
}
