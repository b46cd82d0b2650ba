package io.reftrail.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Spring is optional in this module: only one package uses it, and only some of its classes need more than the core container. */
class ServletFilterArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.reftrail.servlet", "io.reftrail.spring");

    @Test
    void onlyTheSpringPackageUsesSpring() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.reftrail.spring")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.reftrail.spring")
                .check(CLASSES);
    }

    @Test
    void onlyUnitsOfWorkUseSpringTransactions() {
        noClasses()
                .that()
                .haveNameNotMatching(".*UnitOfWork.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.transaction..")
                .check(CLASSES);
    }

    @Test
    void onlySpringJdbcUnitOfWorkUsesSpringJdbc() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SpringJdbcUnitOfWork")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.jdbc..")
                .check(CLASSES);
    }

    @Test
    void onlyClassesForServletsUseSpringWeb() {
        noClasses()
                .that()
                .haveNameNotMatching(".*(AttributionArgumentResolver|CurrentExchange|CurrentExchange\\$Servlets)")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.web..")
                .check(CLASSES);
    }

    @Test
    void nothingUsesSpringSecurityOrSpringBoot() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.security..", "org.springframework.boot..", "io.reftrail.security..")
                .check(CLASSES);
    }
}
