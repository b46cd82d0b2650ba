package io.reftrail.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class SecurityIntegrationArchitectureTests {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.reftrail.security", "io.reftrail.spring");

    @Test
    void onlyOneClassNeedsTheOAuth2Module() {
        noClasses()
                .that()
                .doNotHaveSimpleName("OAuth2Claims")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.security.oauth2..")
                .check(classes);
    }

    @Test
    void onlyUnitsOfWorkNeedTheTransactionModule() {
        noClasses()
                .that()
                .haveNameNotMatching(".*(UnitOfWork|AfterCommitSynchronization).*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.transaction..")
                .check(classes);
    }

    @Test
    void onlyOneClassNeedsTheJdbcModule() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SpringJdbcUnitOfWork")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.jdbc..")
                .check(classes);
    }

    @Test
    void whatNeedsNoSpringSecurityDoesWithoutIt() {
        noClasses()
                .that()
                .resideInAPackage("io.reftrail.spring")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.security..", "io.reftrail.security")
                .check(classes);
    }

    @Test
    void nothingNeedsSpringBoot() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.boot..")
                .check(classes);
    }
}
