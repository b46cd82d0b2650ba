package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each citation of a vendor's contract, in a source or a page of the repository, leads to a file and a section that exist. */
class ContractCitationTests {

    private static final Path ROOT = Path.of("..");
    private static final Path CONTRACTS = ROOT.resolve("docs/contracts");
    private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");

    private static final Pattern HEADING = Pattern.compile("(?m)^#{2,} (\\d+(?:\\.\\d+)*)\\.? ");
    private static final String NUMBERS = "(\\d+(?:\\.\\d+)*(?:(?:, | and | to |, and )\\d+(?:\\.\\d+)*)*)";
    private static final Pattern CITATION =
            Pattern.compile("docs/contracts/([\\w-]+)\\.md|\\b([\\w-]+)\\.md,? sections? " + NUMBERS);
    private static final Pattern SECTIONS_OF_CITATION =
            Pattern.compile("\\G(?:docs/contracts/)?([\\w-]+)\\.md,? sections? " + NUMBERS);

    /** A section without a file's name is of the one contract that the source cites; those of RFCs are none. */
    private static final Pattern BARE = Pattern.compile("(?<!RFC \\d{4}, |\\.md,? )\\bsections? " + NUMBERS);

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)*");

    private static Map<String, Set<String>> contracts() throws IOException {
        Map<String, Set<String>> sections = new HashMap<>();
        try (Stream<Path> files = Files.list(CONTRACTS)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replaceFirst("\\.md$", "");
                sections.put(
                        name,
                        HEADING.matcher(Files.readString(file))
                                .results()
                                .map(heading -> heading.group(1))
                                .collect(Collectors.toSet()));
            }
        }
        return sections;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return SKIPPED.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (Stream.of(".java", ".md", ".sql", ".properties", ".json", ".xml")
                                .anyMatch(name::endsWith)
                        && !name.equals("ContractCitationTests.java")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    /** Returns what is wrong with the citations of a text. */
    private static List<String> faults(String text, Map<String, Set<String>> contracts) {
        String line = text.replaceAll("\\s*\\R\\s*(?:\\*|//)?\\s*", " ");
        List<String> faults = new ArrayList<>();
        Set<String> cited = new HashSet<>();
        for (MatchResult citation : CITATION.matcher(line).results().toList()) {
            String name = citation.group(1) == null ? citation.group(2) : citation.group(1);
            if (citation.group(1) == null && !contracts.containsKey(name)) {
                continue;
            }
            cited.add(name);
            if (!contracts.containsKey(name)) {
                faults.add(name + ".md does not exist");
                continue;
            }
            Matcher sections = SECTIONS_OF_CITATION.matcher(line);
            if (sections.find(citation.start())) {
                faults.addAll(missing(name, sections.group(2), contracts));
            }
        }
        if (cited.size() == 1 && contracts.keySet().containsAll(cited)) {
            String only = cited.iterator().next();
            BARE.matcher(line).results().forEach(bare -> faults.addAll(missing(only, bare.group(1), contracts)));
        }
        return faults;
    }

    private static List<String> missing(String name, String numbers, Map<String, Set<String>> contracts) {
        return NUMBER.matcher(numbers)
                .results()
                .map(MatchResult::group)
                .filter(number -> !contracts.getOrDefault(name, Set.of()).contains(number))
                .map(number -> name + ".md has no section " + number)
                .toList();
    }

    @Test
    void eachCitationLeadsToAFileAndASection() throws IOException {
        Map<String, Set<String>> contracts = contracts();
        assertThat(contracts).containsKeys("affihub", "affitor", "affonso", "dub", "introw", "refport");

        List<Path> citing = new ArrayList<>();
        for (Path source : sources()) {
            String text = read(source);
            if (text.contains("docs/contracts/")) {
                citing.add(source);
                assertThat(faults(text, contracts)).as(source.toString()).isEmpty();
            }
            assertThat(text).as("%s cites a contract by another path", source).doesNotContain("(contracts/");
        }
        assertThat(citing).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** As docs/contracts/acme.md says. */",
                "/** As docs/contracts/dub.md, section 3.9, says. */",
                "/** As docs/contracts/dub.md,\n     * sections 2 and 7. */",
                "/** The calls of docs/contracts/dub.md. */ /** The answer (section 8). */",
                "/** docs/contracts/dub.md section 3, introw.md section 9.1. */"
            })
    void noticesACitationThatLeadsNowhere(String source) throws IOException {
        assertThat(faults(source, contracts())).hasSize(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
