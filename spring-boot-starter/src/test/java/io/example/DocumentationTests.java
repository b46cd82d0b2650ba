package io.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every page of the documentation: its code is code that the build compiles or runs, its properties and tests are there, its
 * links lead somewhere. A block of Java or XML is a whole file that its first line names, or stands in a file that a comment above it
 * names.
 */
class DocumentationTests {

    private static final Path ROOT = Path.of("..");

    private static final Pattern BLOCK = Pattern.compile(
            "(?ms)^(?:<!-- from (\\S+) -->\\n+)?^ *```(?:java|xml)\\n(?:// (\\S+\\.java)\\n)?(.*?)^ *```$");

    private static final Pattern JSON_FILE = Pattern.compile("(?ms)^<!-- from (\\S+) -->\\n```json\\n(.*?)^```$");

    private static final Pattern VERSION = Pattern.compile("<version>(.+?)</version>");

    private static final Pattern PROPERTIES = Pattern.compile("(?ms)^ *```properties\\n(.*?)^ *```$");

    private static final Pattern OURS = Pattern.compile("(?m)^[ #]*(reftrail\\.[a-z.-]+)");

    private static final Pattern LINK =
            Pattern.compile("\\]\\((?!https?:)(?<path>[^)#\\s]*)(?:#(?<anchor>[^)\\s]+))?\\)");

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Tests|Contract))(?:\\.(\\w+))?`");

    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]+[A-Za-z0-9]*)(?:\\.(\\w+))?`");

    private static final Pattern DECLARATION = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

    private static final Set<String> FOREIGN = Set.of("RequestContextHolder", "Cookie");

    static Stream<String> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> root = Files.list(ROOT)) {
            return Stream.concat(docs, root)
                    .map(ROOT::relativize)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static String text(String page) throws IOException {
        return Files.readString(ROOT.resolve(page));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsDocumentsThatATestReads(String page) throws IOException {
        for (MatchResult block : JSON_FILE.matcher(text(page)).results().toList()) {
            assertThat(block.group(2)).isEqualTo(text(block.group(1)));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsCodeThatTheBuildCompilesOrRuns(String page) throws IOException {
        String version = VERSION.matcher(text("pom.xml"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        for (MatchResult block : BLOCK.matcher(text(page)).results().toList()) {
            String file = block.group(1) == null ? block.group(2) : block.group(1);
            assertThat(file)
                    .as("%s: where is this from?%n%s", page, block.group(3))
                    .isNotNull();
            assertThat(flat(text(file)).replace("${project.version}", version))
                    .as("%s: %s", page, file)
                    .contains(flat(block.group(3)));
        }
    }

    /** Without indentation and blank lines. */
    private static String flat(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesPropertiesThatThereAre(String page) throws IOException {
        Set<String> known = properties();
        List<String> named = PROPERTIES
                .matcher(text(page))
                .results()
                .flatMap(block -> OURS.matcher(block.group(1)).results())
                .map(property -> property.group(1))
                .filter(property -> !property.startsWith("reftrail.backends.")) // named by the application
                .toList();
        assertThat(known).containsAll(named);
    }

    private static Set<String> properties() throws IOException {
        Path metadata = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
        JsonNode properties =
                JsonMapper.shared().readTree(Files.readString(metadata)).path("properties");
        return properties
                .valueStream()
                .map(property -> property.path("name").asString())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadsWhereItSays(String page) throws IOException {
        for (MatchResult link : LINK.matcher(text(page)).results().toList()) {
            Path target = link.group(1).isEmpty()
                    ? ROOT.resolve(page)
                    : ROOT.resolve(page).resolveSibling(link.group(1)).normalize();
            assertThat(target).as("%s: %s", page, link.group()).exists();
            if (link.group(2) != null) {
                assertThat(anchors(Files.readString(target)))
                        .as("%s: %s", page, link.group())
                        .contains(link.group(2));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesTestsThatThereAre(String page) throws IOException {
        Map<String, Path> tests = tests();
        for (MatchResult named : TEST.matcher(text(page)).results().toList()) {
            assertThat(tests).as(page).containsKey(named.group(1));
            if (named.group(2) != null) {
                assertThat(tests.get(named.group(1))).content().contains("void " + named.group(2) + "(");
            }
        }
    }

    private static Map<String, Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().contains("src/test/java"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> file,
                            (one, same) -> one));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/architecture.md", "docs/glossary.md", "docs/promises.md"})
    void namesTypesThatThereAre(String page) throws IOException {
        Map<String, List<String>> types = types();
        for (MatchResult named : TYPE.matcher(text(page)).results().toList()) {
            String type = named.group(1);
            if (!FOREIGN.contains(type) && !type.matches(".*(Tests|Contract)")) {
                assertThat(types).as(page).containsKey(type);
                if (named.group(2) != null) {
                    // A name behind a dot is a member of another type.
                    Pattern member = Pattern.compile("(?<![.\\w])" + named.group(2) + "\\b");
                    assertThat(types.get(type))
                            .as("%s: %s", page, named.group())
                            .anyMatch(source -> member.matcher(source).find());
                }
            }
        }
    }

    /** The published types by name, each with the files that declare it. */
    private static Map<String, List<String>> types() throws IOException {
        Map<String, List<String>> types = new HashMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(file -> file.toString().contains("src/main/java"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList()) {
                String source = Files.readString(file);
                DECLARATION.matcher(source).results().forEach(type -> types.computeIfAbsent(
                                type.group(1), absent -> new ArrayList<>())
                        .add(source));
            }
        }
        return types;
    }

    @Test
    void indexesEachDecision() throws IOException {
        String index = text("docs/decisions/README.md");
        List<String> records =
                pages().filter(page -> page.matches("docs/decisions/\\d{4}-.*")).toList();

        assertThat(records).hasSizeGreaterThan(20);
        for (String record : records) {
            String file = record.substring(record.lastIndexOf('/') + 1);
            assertThat(index).contains("](" + file + ")");
            assertThat(text(record))
                    .startsWith("# " + file.substring(0, 4) + ": ")
                    .contains("\nStatus: ", "\n## Context\n", "\n## Decision\n", "\n## Consequence\n");
        }
        assertThat(records)
                .extracting(record -> record.replaceAll(".*/(\\d{4})-.*", "$1"))
                .doesNotHaveDuplicates();
    }

    /** As the usual renderers make them: lower case, hyphens for spaces, without punctuation. */
    private static List<String> anchors(String text) {
        return text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ +", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }
}
