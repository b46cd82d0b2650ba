package io.reftrail.publication;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/**
 * A module that says it is published.
 *
 * @param directory its directory
 * @param source its pom.xml
 */
record Publication(Path directory, Model source) {

    static final Path ROOT = Path.of(System.getProperty("reftrail.root"));

    /** All of them: those whose {@code publication.skip} is {@code false}. */
    static List<Publication> all() {
        return read(ROOT.resolve("pom.xml")).getModules().stream()
                .map(ROOT::resolve)
                .map(module -> new Publication(module, read(module.resolve("pom.xml"))))
                .filter(module -> "false".equals(module.source().getProperties().getProperty("publication.skip")))
                .toList();
    }

    /** Those with classes. */
    static List<Publication> jars() {
        return all().stream()
                .filter(module -> module.source().getPackaging().equals("jar"))
                .toList();
    }

    static Publication of(String artifactId) {
        return all().stream()
                .filter(module -> module.artifactId().equals(artifactId))
                .findFirst()
                .orElseThrow();
    }

    String artifactId() {
        return source.getArtifactId();
    }

    String moduleName() {
        return source.getProperties().getProperty("module.name");
    }

    /** The POM that users get. */
    Model pom() {
        return read(directory.resolve("target/published-pom.xml"));
    }

    /** The jar with this ending of its name, such as {@code .jar} and {@code -sources.jar}. */
    Path file(String ending) {
        Path file = directory.resolve("target/" + artifactId() + "-" + pom().getVersion() + ending);
        if (!Files.isRegularFile(file)) {
            throw new AssertionError("there is no " + file);
        }
        return file;
    }

    /** The jars with these endings, of all modules. */
    static Stream<Path> jars(String... endings) {
        return jars().stream().flatMap(module -> Stream.of(endings).map(module::file));
    }

    private static Model read(Path pom) {
        try (Reader reader = Files.newBufferedReader(pom)) {
            return new MavenXpp3Reader().read(reader);
        } catch (IOException | XmlPullParserException failure) {
            throw new AssertionError("cannot read " + pom, failure);
        }
    }

    @Override
    public String toString() {
        return artifactId();
    }
}
