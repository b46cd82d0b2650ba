package io.reftrail.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The CycloneDX documents that are published beside the jars. */
class SbomTests {

    @Test
    void ofCoreHasWhatCoreBringsAlong() {
        assertThat(components("reftrail-core", "required"))
                .containsExactlyInAnyOrderElementsOf(ConsumerTests.BROUGHT_BY_CORE);
        assertThat(components("reftrail-core", "optional")).containsExactly("org.xerial:sqlite-jdbc");
    }

    @Test
    void ofTheFilterHasCoreAndTheEmbeddedStoreBesides() {
        assertThat(components("reftrail-servlet-filter", "required"))
                .containsAll(ConsumerTests.BROUGHT_BY_CORE)
                .contains("io.reftrail:reftrail-core", "org.xerial:sqlite-jdbc")
                .hasSize(ConsumerTests.BROUGHT_BY_CORE.size() + 2);
    }

    @ParameterizedTest
    @MethodSource("io.reftrail.publication.Publication#jars")
    void isOfTheModuleAndWithoutItsTests(Publication module) {
        JsonNode described = sbom(module).path("metadata").path("component");
        assertThat(described.path("purl").asString())
                .isEqualTo(
                        "pkg:maven/io.reftrail/%s@%s?type=jar",
                        module.artifactId(), module.pom().getVersion());
        assertThat(sbom(module).path("components").valueStream())
                .extracting(component -> component.path("group").asString())
                .isNotEmpty()
                .doesNotContain("com.h2database", "jakarta.servlet");
    }

    private static List<String> components(String artifactId, String scope) {
        return sbom(Publication.of(artifactId))
                .path("components")
                .valueStream()
                .filter(component -> component.path("scope").asString().equals(scope))
                .map(component -> component.path("group").asString() + ":"
                        + component.path("name").asString())
                .toList();
    }

    private static JsonNode sbom(Publication module) {
        return JsonMapper.shared()
                .readTree(module.directory().resolve("target/bom.json").toFile());
    }
}
