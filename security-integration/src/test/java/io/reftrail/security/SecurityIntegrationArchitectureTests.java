package io.reftrail.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityIntegrationArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.reftrail.security");

    @ParameterizedTest
    @CsvSource({
        "oauth2, Profile\\$OAuth2Reader",
        "saml2, Profile\\$Saml(Assertion|Principal)Reader",
        "ldap, Profile\\$LdapReader",
        "web.webauthn, Profile\\$PasskeyReader",
    })
    void onlyReadersNeedAModuleThatMayBeAbsent(String module, String readers) {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\." + readers)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.security." + module + "..")
                .check(CLASSES);
    }

    @Test
    void nothingNeedsTheLibrariesBehindThoseModules() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.ldap..",
                        "com.webauthn4j..",
                        "org.opensaml..",
                        "com.nimbusds..",
                        "javax.naming..")
                .check(CLASSES);
    }

    @Test
    void nothingNeedsTransactionsOrJdbc() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.transaction..", "org.springframework.jdbc..")
                .check(CLASSES);
    }

    @Test
    void nothingNeedsSpringBoot() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.boot..")
                .check(CLASSES);
    }
}
