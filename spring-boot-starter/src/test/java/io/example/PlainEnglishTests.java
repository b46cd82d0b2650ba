package io.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that Javadoc, comments, messages and pages use plain technical English (CONTRIBUTING.md, "Style"): phrases that have a
 * standard term fail the build. A phrase is found across line breaks and across the parts of a concatenated string.
 */
class PlainEnglishTests {

    private static final Path ROOT = Path.of("..");

    private static final Set<String> SKIPPED = Set.of("target", ".git", "contracts", "node_modules");

    private static final Set<String> TEXTS = Set.of("java", "md", "json", "sql", "html", "js", "properties");

    /** A line break with the start of a comment line, or the seam of a concatenated string. */
    private static final Pattern SEAM = Pattern.compile("\"\\s*\\+\\s*\"|\\R[ \\t]*(?:\\*(?!/)|//+)?[ \\t]*");

    /** A phrase, and what to write instead. */
    private static final Map<Pattern, String> INSTEAD = phrases(
            "counts? for nobody|counted for nobody", "is not attributed",
            "(?:is|are|was|were|be)(?<!there\\s{1,60}\\w{2,4}) (?:no|never a) leads?", "is not reported as a lead",
            "(?:is|are|was|were|be) told of", "is notified of, receives",
            "(?:tell|tells|told) of", "reports, notifies of",
            "(?:hear|hears|heard) of", "receives, is notified of",
            "lest", "so that ... not",
            "whoever|whomever", "the customer who, the caller that",
            "whom", "a customer referred by ...",
            "(?:bring|brings|brought) (?:\\w+ ){0,4}home", "delivers to the browser",
            "thought better", "has withdrawn",
            "at hand", "available",
            "by hand of", "by",
            "clicks of before|customers? of before|cookies of before", "earlier clicks",
            "nobody's (?:verdict|business|word)", "say what it is instead",
            "there is no between", "say what happens",
            "whose word", "say who decides",
            "(?:is|are)(?<!there\\s{1,60}\\w{2,3}) no (?:clicks?|visitors?|sign-ins?|sign-ups?|customers?)",
                    "is not a ...");

    private static Map<Pattern, String> phrases(String... phrasesAndWords) {
        Map<Pattern, String> phrases = new LinkedHashMap<>();
        for (int i = 0; i < phrasesAndWords.length; i += 2) {
            String phrase = phrasesAndWords[i].replace(" ", "\\s+");
            phrases.put(Pattern.compile("\\b(?:" + phrase + ")\\b", Pattern.CASE_INSENSITIVE), phrasesAndWords[i + 1]);
        }
        return phrases;
    }

    @Test
    void pagesAndSourcesArePlainEnglish() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            find(Files.readString(file))
                    .forEach((line, words) -> found.add(ROOT.relativize(file) + ":" + line + ": " + words));
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /** A click that counts for nobody. */     | counts for nobody
            "the click counts for " + "nobody"          | counts for nobody
            // is no\\n    // lead                        | is no lead
            /** is told\\n     * of it */                 | is told of
            logger.info("Whoever signs up");            | Whoever
            """)
    void findsAPhrase(String text, String phrase) {
        assertThat(find(text.replace("\\n", "\n")).values())
                .singleElement()
                .asString()
                .startsWith("\"" + phrase + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void whoeverIsNotSignedIn()",
                "the lesser",
                "is not a lead",
                "then there is no lead",
                "a handler"
            })
    void findsNothingInOtherWords(String text) {
        assertThat(find(text)).isEmpty();
    }

    /** Returns what is found, by line. */
    private static Map<Integer, String> find(String text) {
        String flat =
                SEAM.matcher(text).replaceAll(seam -> " ".repeat(seam.group().length()));
        Map<Integer, String> found = new TreeMap<>();
        INSTEAD.forEach((phrase, instead) -> {
            Matcher matcher = phrase.matcher(flat);
            while (matcher.find()) {
                int line = 1
                        + (int) text.chars()
                                .limit(matcher.start())
                                .filter(c -> c == '\n')
                                .count();
                found.merge(
                        line,
                        "\"" + matcher.group().replaceAll("\\s+", " ") + "\", better: " + instead,
                        (one, other) -> one + "; " + other);
            }
        });
        return found;
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
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
                if (TEXTS.contains(name.substring(name.lastIndexOf('.') + 1))
                        && !name.equals("PlainEnglishTests.java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
