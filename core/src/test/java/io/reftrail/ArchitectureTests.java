package io.reftrail;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.reftrail.backend.BackendProvider;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The boundaries of docs/architecture.md. */
class ArchitectureTests {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("io.reftrail");

    private static final DescribedPredicate<JavaClass> OURS = JavaClass.Predicates.resideInAPackage("io.reftrail..");

    private static final List<String> VENDORS = BackendProvider.all().stream()
            .map(vendor -> "io.reftrail.backend." + vendor.backend())
            .toList();

    @Test
    void allPackagesAreSeen() {
        assertThat(CORE.stream()
                        .map(JavaClass::getPackageName)
                        .map(name -> VENDORS.contains(name) ? "io.reftrail.backend.VENDOR" : name)
                        .distinct())
                .contains(
                        "io.reftrail",
                        "io.reftrail.backend",
                        "io.reftrail.backend.internal",
                        "io.reftrail.backend.VENDOR",
                        "io.reftrail.capture",
                        "io.reftrail.capture.internal",
                        "io.reftrail.delivery",
                        "io.reftrail.model",
                        "io.reftrail.outbox",
                        "io.reftrail.outbox.internal",
                        "io.reftrail.outbox.jdbc",
                        "io.reftrail.outbox.memory");
    }

    @Test
    void noVendorKnowsAnother() {
        for (String vendor : VENDORS) {
            String[] others =
                    VENDORS.stream().filter(other -> !other.equals(vendor)).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(vendor)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(CORE);
        }
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void theModelKnowsNothingOfTheRest() {
        classes()
                .that()
                .resideInAPackage("io.reftrail.model")
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.reftrail.model")
                        .or(DescribedPredicate.not(OURS)))
                .check(CORE);
    }

    @ParameterizedTest(name = "{0} knows nothing of {1}")
    @CsvSource({
        "capture, io.reftrail.backend",
        "capture, io.reftrail.outbox",
        "capture, io.reftrail.delivery",
        // All of the client but its list of public suffixes.
        "capture, org.apache.hc.core5..",
        "capture, org.apache.hc.client5.http",
        "capture, org.apache.hc.client5.http.classic..",
        "capture, org.apache.hc.client5.http.impl..",
        "capture, org.apache.hc.client5.http.io..",
        "backend.., io.reftrail.outbox",
        "backend.., io.reftrail.delivery",
        "backend.., org.apache.hc..",
        "backend.., java.net.http..",
        "backend.., java.util.concurrent..",
        "outbox,  io.reftrail.outbox.jdbc",
        "outbox,  io.reftrail.outbox.memory",
        "outbox.jdbc,  io.reftrail.outbox.memory",
        "outbox.memory,  io.reftrail.outbox.jdbc",
        "outbox.memory,  java.sql..",
        "delivery, io.reftrail.outbox.jdbc",
        "delivery, io.reftrail.outbox.memory",
        "outbox..,  io.reftrail.backend",
        "outbox..,  io.reftrail.delivery",
        "outbox..,  org.apache.hc..",
        "model,   tools.jackson..",
        "capture, tools.jackson..",
        "delivery, tools.jackson..",
    })
    void packagesKnowNothingOf(String from, String to) {
        noClasses()
                .that()
                .resideInAPackage("io.reftrail." + from)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(to)
                .check(CORE);
    }

    @Test
    void nothingInsideImportsTheFacade() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.reftrail")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.reftrail")
                .check(CORE);
    }

    @Test
    void nothingKnowsServletsOrSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "org.springframework..")
                .check(CORE);
    }

    @Test
    void namesSayWhatAClassDoes() {
        noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Managers?)").check(CORE);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(CORE);
    }
}
