package io.creditrefresh.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

@AnalyzeClasses(packages = "io.creditrefresh.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule nobodyReadsTheTimeForHimself = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static void usesThePartsItIsMadeOf(JavaClasses classes) {
        for (String part : new String[] {"io.quarkus.hibernate.orm.panache", "jakarta.ws.rs"}) {
            assertThat(classes.stream()
                            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                            .anyMatch(
                                    use -> use.getTargetClass().getPackageName().startsWith(part)))
                    .as(part)
                    .isTrue();
        }
    }
}
