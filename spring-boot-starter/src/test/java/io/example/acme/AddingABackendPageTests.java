package io.example.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The code of docs/adding-a-backend.md is the code that is compiled and tested here. With {@code -Dreftrail.write-docs=true}
 * the page is rewritten instead.
 */
class AddingABackendPageTests {

    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n// (\\S+)\n(.*?)```\n");

    private static final Path PAGE = Path.of("..", "docs", "adding-a-backend.md");

    private static final String COMMAND = "mvn -q -B -pl spring-boot-starter -am test -Dtest=AddingABackendPageTests"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dreftrail.write-docs=true";

    @Test
    void everyBlockIsAFileAndEveryStepHasOne() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page.split("```java", -1)).hasSize(5);
        assertThat(BLOCK.matcher(page).results().map(block -> block.group(1).replaceAll(".*/", "")))
                .containsExactly(
                        "AcmeBackend.java", "AcmeBackendTests.java", "AcmeConfiguration.java", "AcmeListener.java");
    }

    @Test
    void everyBlockIsTheCodeThatIsTested() throws IOException {
        String page = Files.readString(PAGE);
        String current = BLOCK.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement(
                        "```java\n// " + block.group(1) + "\n" + source(block.group(1)) + "```\n"));
        if (Boolean.getBoolean("reftrail.write-docs")) {
            Files.writeString(PAGE, current);
        } else {
            assertThat(page)
                    .as("docs/adding-a-backend.md is not the code; rewrite it with%n%s%n", COMMAND)
                    .isEqualTo(current);
        }
    }

    private static String source(String file) {
        try {
            return Files.readString(Path.of("..").resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
