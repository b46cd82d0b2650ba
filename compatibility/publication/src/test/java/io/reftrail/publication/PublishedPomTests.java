package io.reftrail.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The POMs that users get. */
class PublishedPomTests {

    /** <a href="https://central.sonatype.org/publish/requirements/">The requirements of Maven Central</a>. */
    @ParameterizedTest
    @MethodSource("io.reftrail.publication.Publication#all")
    void haveWhatMavenCentralDemands(Publication module) {
        Model pom = module.pom();
        assertThat(pom.getGroupId()).isEqualTo("io.reftrail");
        assertThat(pom.getName()).startsWith("Reftrail ");
        assertThat(pom.getDescription()).endsWith(".");
        assertThat(pom.getUrl()).isNotBlank().doesNotEndWith(module.artifactId());
        assertThat(pom.getLicenses()).singleElement().satisfies(license -> assertThat(license.getName())
                .isEqualTo("Apache-2.0"));
        assertThat(pom.getDevelopers()).isNotEmpty();
        assertThat(pom.getScm().getUrl()).isNotBlank().doesNotEndWith(module.artifactId());
        assertThat(pom.getScm().getConnection()).startsWith("scm:git:").doesNotEndWith(module.artifactId());
        assertThat(pom.getScm().getDeveloperConnection()).startsWith("scm:git:").doesNotEndWith(module.artifactId());
    }

    @ParameterizedTest
    @MethodSource("io.reftrail.publication.Publication#jars")
    void tellNothingOfTheBuild(Publication module) throws IOException {
        Model pom = module.pom();
        assertThat(pom.getParent()).isNull();
        assertThat(pom.getBuild()).isNull();
        assertThat(pom.getProfiles()).isEmpty();
        assertThat(pom.getProperties()).isEmpty();
        assertThat(pom.getDependencyManagement()).isNull();
        assertThat(Files.readString(module.directory().resolve("target/published-pom.xml")))
                .doesNotContain("${");
    }

    @ParameterizedTest
    @MethodSource("io.reftrail.publication.Publication#jars")
    void nameEachDependencyWithAVersionAndNoTest(Publication module) {
        assertThat(module.pom().getDependencies()).isNotEmpty().allSatisfy(dependency -> {
            assertThat(dependency.getVersion()).isNotBlank();
            assertThat(dependency.getScope()).isNotEqualTo("test");
        });
    }

    @ParameterizedTest(name = "{0}: {1} is {2}, optional: {3}")
    @CsvSource({
        "reftrail-core,                 httpclient5,                          compile,  false",
        "reftrail-core,                 sqlite-jdbc,                          runtime,  true",
        "reftrail-core,                 jspecify,                             provided, false",
        "reftrail-servlet-filter,       jakarta.servlet-api,                  provided, false",
        "reftrail-servlet-filter,       sqlite-jdbc,                          runtime,  false",
        "reftrail-servlet-filter,       spring-context,                       provided, true",
        "reftrail-security-integration, spring-security-web,                  compile,  true",
        "reftrail-security-integration, spring-security-saml2-service-provider, compile, true",
        "reftrail-payments,             stripe-java,                          compile,  true",
        "reftrail-payments,             jakarta.servlet-api,                  provided, false",
        "reftrail-spring-boot-starter,  spring-boot-starter,                  compile,  false",
        "reftrail-spring-boot-starter,  spring-webmvc,                        compile,  true",
        "reftrail-console,              reftrail-spring-boot-starter,         compile,  false",
        "reftrail-console,              spring-boot-starter-actuator,         compile,  false",
        "reftrail-console,              spring-security-web,                  compile,  true",
    })
    void keepWhatIsOptionalAndProvided(String module, String artifactId, String scope, boolean optional) {
        assertThat(Publication.of(module).pom().getDependencies())
                .filteredOn(dependency -> dependency.getArtifactId().equals(artifactId))
                .singleElement()
                .satisfies(dependency -> {
                    assertThat(dependency.isOptional()).isEqualTo(optional);
                    assertThat(scope(dependency)).isEqualTo(scope);
                });
    }

    private static String scope(Dependency dependency) {
        return dependency.getScope() == null ? "compile" : dependency.getScope();
    }
}
