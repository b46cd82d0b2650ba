package io.reftrail.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.junit.jupiter.api.Test;

/** The BOM that users import. */
class BomTests {

    private final Model bom = Publication.of("reftrail-bom").pom();

    @Test
    void managesEachModuleThatIsPublishedAndNothingElse() {
        List<String> published =
                Publication.jars().stream().map(Publication::artifactId).toList();
        assertThat(published).contains("reftrail-core", "reftrail-spring-boot-starter");
        assertThat(managed()).extracting(Dependency::getArtifactId).hasSameElementsAs(published);
    }

    @Test
    void managesTheKitForBackends() {
        assertThat(managed())
                .filteredOn(dependency -> dependency.getType().equals("test-jar"))
                .extracting(Dependency::getArtifactId)
                .containsExactly("reftrail-core");
    }

    @Test
    void managesOneVersion() {
        assertThat(bom.getVersion()).isNotBlank();
        assertThat(managed()).extracting(Dependency::getVersion).allSatisfy(version -> assertThat(
                        version.replace("${project.version}", bom.getVersion()))
                .isEqualTo(bom.getVersion()));
    }

    @Test
    void bringsNothingElse() {
        assertThat(bom.getParent()).isNull();
        assertThat(bom.getDependencies()).isEmpty();
        assertThat(bom.getBuild()).isNull();
    }

    private List<Dependency> managed() {
        return bom.getDependencyManagement().getDependencies();
    }
}
