package io.example.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The code of docs/testing.md is the code that is compiled and run here. With {@code -Dreftrail.write-docs=true} the page is
 * rewritten instead.
 */
class TestingPageTests {

    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n// (\\S+)\n(.*?)```\n");

    private static final Path ROOT = Path.of("..");

    private static final Path PAGE = ROOT.resolve("docs/testing.md");

    /** The package, and where the imports were seen once, they too, are not worth the reader's time. */
    private static String source(String file) {
        try {
            String text = Files.readString(ROOT.resolve(file)).replaceFirst("(?s)^package [^;]+;\n\n", "");
            return file.endsWith("SignUpTests.java") ? text : text.replaceFirst("(?s)^(import [^;]+;\n|\n)+", "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void eachWayToTestIsShown() throws IOException {
        String page = Files.readString(PAGE);
        List<String> files = BLOCK.matcher(page)
                .results()
                .map(block -> block.group(1).replaceAll(".*/", ""))
                .toList();

        assertThat(files)
                .containsExactly(
                        "SignUpTests.java",
                        "SignInTests.java",
                        "ServerTests.java",
                        "OutageTests.java",
                        "PlainTests.java",
                        "FilterTests.java");
        assertThat(page.split("```java", -1)).hasSize(files.size() + 1);
    }

    @Test
    void everyBlockIsTheCodeThatIsRun() throws IOException {
        String page = Files.readString(PAGE);
        String current = BLOCK.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement(
                        "```java\n// " + block.group(1) + "\n" + source(block.group(1)) + "```\n"));
        if (Boolean.getBoolean("reftrail.write-docs")) {
            Files.writeString(PAGE, current);
        } else {
            assertThat(page)
                    .as(
                            "docs/testing.md is not the code; rewrite it with%n%s%n",
                            "mvn -q -B -pl test-kit -am test -Dtest=TestingPageTests"
                                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dreftrail.write-docs=true")
                    .isEqualTo(current);
        }
    }
}
