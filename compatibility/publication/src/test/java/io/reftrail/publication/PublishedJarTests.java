package io.reftrail.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jars that users get. */
class PublishedJarTests {

    @Test
    void areModulesOfTheseNames() {
        assertThat(descriptors()).allMatch(ModuleDescriptor::isAutomatic);
        assertThat(descriptors())
                .extracting(ModuleDescriptor::name)
                .containsExactlyInAnyOrderElementsOf(
                        Publication.jars().stream().map(Publication::moduleName).toList());
    }

    @Test
    void shareNoPackage() {
        assertThat(descriptors().stream().flatMap(module -> module.packages().stream()))
                .contains("io.reftrail.spring", "io.reftrail.spring.boot")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("io.reftrail.publication.Publication#jars")
    void carryTheLicense(Publication module) throws IOException {
        assertThat(entries(module.file(".jar"))).contains("META-INF/LICENSE");
        assertThat(entries(module.file("-sources.jar"))).contains("META-INF/LICENSE");
    }

    @ParameterizedTest
    @MethodSource("io.reftrail.publication.Publication#jars")
    void haveSourcesAndDocumentationForEachPublicPackage(Publication module) throws IOException {
        List<String> packages = entries(module.file(".jar")).stream()
                .filter(entry -> entry.endsWith("/package-info.class"))
                .map(entry -> entry.replace("package-info.class", ""))
                .toList();
        assertThat(packages).isNotEmpty();
        List<String> sources = entries(module.file("-sources.jar"));
        List<String> documentation = entries(module.file("-javadoc.jar"));
        assertThat(packages).allSatisfy(name -> {
            assertThat(sources).contains(name + "package-info.java");
            assertThat(documentation).contains(module.moduleName() + "/" + name + "package-summary.html");
        });
    }

    private static List<ModuleDescriptor> descriptors() {
        return ModuleFinder.of(Publication.jars(".jar").toArray(Path[]::new)).findAll().stream()
                .map(ModuleReference::descriptor)
                .toList();
    }

    private static List<String> entries(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream().map(entry -> entry.getName()).toList();
        }
    }
}
