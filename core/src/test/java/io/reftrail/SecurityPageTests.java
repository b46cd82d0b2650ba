package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code SECURITY.md} names a test for each threat, and only tests that there are. */
class SecurityPageTests {

    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+(Tests|Contract))`");

    private static List<String> threats() throws IOException {
        return Files.readAllLines(ROOT.resolve("SECURITY.md")).stream()
                .filter(line -> line.startsWith("| **"))
                .toList();
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("src/test/java"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void eachThreatHasATestAndEachTestExists() throws IOException {
        Set<String> existing = tests();

        assertThat(threats()).hasSizeGreaterThan(20).allSatisfy(threat -> {
            String column = threat.substring(threat.lastIndexOf('|', threat.length() - 2));
            assertThat(TEST.matcher(column).results().map(name -> name.group(1)))
                    .isNotEmpty()
                    .allMatch(existing::contains);
        });
    }
}
