package io.reftrail;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.reftrail.backend.BackendProvider;
import io.reftrail.delivery.internal.DaemonThreads;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The boundaries of docs/architecture.md, one rule for each idea. */
class ArchitectureTests {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("io.reftrail");

    private static final DescribedPredicate<JavaClass> INTERNAL = resideInAPackage("..internal..");

    private static final List<String> VENDORS = BackendProvider.all().stream()
            .map(vendor -> "io.reftrail.backend." + vendor.backend())
            .filter(vendor ->
                    CORE.stream().anyMatch(type -> type.getPackageName().equals(vendor)))
            .toList();

    /** Without it, a rule about a package that was renamed would pass unnoticed. */
    @Test
    void allPackagesAreImported() {
        assertThat(CORE.stream().map(JavaClass::getPackageName).distinct())
                .contains(
                        "io.reftrail",
                        "io.reftrail.backend",
                        "io.reftrail.capture",
                        "io.reftrail.delivery",
                        "io.reftrail.journey",
                        "io.reftrail.model",
                        "io.reftrail.outbox",
                        "io.reftrail.outbox.jdbc",
                        "io.reftrail.outbox.memory",
                        "io.reftrail.policy")
                .containsAll(VENDORS);
        assertThat(VENDORS).hasSizeGreaterThan(5);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void packagesAreLayered() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.reftrail..")
                .layer("facade")
                .definedBy("io.reftrail")
                .layer("delivery")
                .definedBy("io.reftrail.delivery..")
                .layer("outbox")
                .definedBy("io.reftrail.outbox..")
                .layer("backend")
                .definedBy("io.reftrail.backend..")
                .layer("capture")
                .definedBy("io.reftrail.capture..")
                .layer("policy")
                .definedBy("io.reftrail.policy..")
                .layer("journey")
                .definedBy("io.reftrail.journey..")
                .layer("model")
                .definedBy("io.reftrail.model..")
                .whereLayer("facade")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("delivery")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("outbox")
                .mayOnlyBeAccessedByLayers("facade", "delivery")
                .whereLayer("backend")
                .mayOnlyBeAccessedByLayers("facade", "delivery")
                .whereLayer("capture")
                .mayOnlyBeAccessedByLayers("facade", "backend")
                .whereLayer("policy")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("policy")
                .mayOnlyAccessLayers("journey", "model")
                .whereLayer("journey")
                .mayOnlyBeAccessedByLayers("facade", "outbox", "capture", "policy")
                .whereLayer("journey")
                .mayOnlyAccessLayers("model")
                .whereLayer("model")
                .mayNotAccessAnyLayer()
                .check(CORE);
    }

    @Test
    void theOutboxInMemoryAndTheOutboxInTablesDoNotKnowEachOther() {
        slices().matching("io.reftrail.outbox.(jdbc|memory)..")
                .should()
                .notDependOnEachOther()
                .check(CORE);
    }

    @Test
    void theSpiOfTheOutboxKnowsNoImplementation() {
        noClasses()
                .that()
                .resideInAnyPackage("io.reftrail.outbox", "io.reftrail.delivery..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.reftrail.outbox.jdbc..", "io.reftrail.outbox.memory..")
                .check(CORE);
    }

    /** What vendors share is in the SPI's package or in {@code backend.internal}. */
    @Test
    void vendorsDoNotKnowEachOther() {
        slices().matching("io.reftrail.backend.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resideInAPackage("io.reftrail.backend.."), INTERNAL)
                .check(CORE);
    }

    @Test
    void nothingElseInTheCoreKnowsAVendor() {
        String[] vendors = VENDORS.toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(vendors)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(vendors)
                .check(CORE);
    }

    private static boolean isApi(JavaMethod method) {
        Set<JavaModifier> modifiers = method.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }

    /** A thread by another way would keep what it inherits from the request that starts it. */
    @Test
    void allThreadsAreCreatedInOnePlace() {
        noClasses()
                .that()
                .areNotAssignableTo(DaemonThreads.class)
                .should()
                .callConstructorWhere(target(owner(assignableTo(Thread.class))))
                .check(CORE);
    }

    /** A package named internal is public for technical reasons only. */
    @Test
    void noSignatureOfTheApiShowsAnInternalType() {
        methods()
                .that()
                .areDeclaredInClassesThat(DescribedPredicate.not(INTERNAL))
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and(DescribedPredicate.describe("are written as public or protected", ArchitectureTests::isApi))
                .should()
                .notHaveRawReturnType(INTERNAL)
                .andShould()
                .notHaveRawParameterTypes(anyElementThat(INTERNAL))
                .check(CORE);
    }

    @ParameterizedTest(name = "{0} does not know {1}")
    @CsvSource({
        "capture.., org.apache.hc.core5..",
        // All of the client but its list of public suffixes.
        "capture.., org.apache.hc.client5.http",
        "capture.., org.apache.hc.client5.http.classic..",
        "capture.., org.apache.hc.client5.http.impl..",
        "capture.., org.apache.hc.client5.http.io..",
        "backend.., org.apache.hc..",
        "backend.., java.net.http..",
        "backend.., java.util.concurrent..",
        "outbox..,  org.apache.hc..",
        "outbox.memory, java.sql..",
        "model,     tools.jackson..",
        "journey,   tools.jackson..",
        "journey,   java.sql..",
        "policy,    tools.jackson..",
        "policy,    java.sql..",
        "capture.., tools.jackson..",
        "delivery,  tools.jackson..",
    })
    void packagesDoNotKnowLibrariesOfOthers(String from, String to) {
        noClasses()
                .that()
                .resideInAPackage("io.reftrail." + from)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(to)
                .check(CORE);
    }

    @Test
    void theCoreKnowsNeitherServletsNorSpring() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta..", "org.springframework.."))
                .check(CORE);
    }

    @Test
    void noClassIsNamedUtilHelperOrManager() {
        noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Managers?)").check(CORE);
    }

    @Test
    void noStaticFieldIsMutable() {
        fields().that().areStatic().should().beFinal().check(CORE);
        fields().that()
                .areStatic()
                .should()
                .notHaveRawType(resideInAPackage("java.util.concurrent.atomic..")
                        .or(assignableTo(ThreadLocal.class))
                        .or(assignableTo(Executor.class))
                        .or(assignableTo(Collection.class)
                                .or(assignableTo(Map.class))
                                .and(DescribedPredicate.not(JavaClass.Predicates.INTERFACES))))
                .check(CORE);
    }

    /** So that no printed object contains a key. */
    @Test
    void noTextIsAKeyButInTheTypeThatHidesIt() {
        assertThat(CORE.stream().flatMap(ArchitectureTests::fieldsOf).filter(ArchitectureTests::maySpellAKey))
                .isEmpty();
    }

    private static Stream<JavaField> fieldsOf(JavaClass type) {
        return type.getFields().stream().filter(field -> !field.getModifiers().contains(JavaModifier.STATIC));
    }

    private static boolean maySpellAKey(JavaField field) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        String type = field.getRawType().getName();
        boolean holds = type.equals(String.class.getName()) || type.equals("[B") || type.equals("[C");
        return holds
                && (name.contains("apikey") || name.contains("secret") || name.contains("token"))
                && !name.contains("leasetoken");
    }
}
