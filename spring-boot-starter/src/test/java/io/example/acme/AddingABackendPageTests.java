package io.example.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of docs/adding-a-backend.md is the code that is compiled and tested here. */
class AddingABackendPageTests {

    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n// (\\S+)\n(.*?)```\n");

    private static final Path ROOT = Path.of("..");

    @Test
    void everyBlockIsAFileAndEveryStepHasOne() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/adding-a-backend.md"));
        List<MatchResult> blocks = BLOCK.matcher(page).results().toList();

        assertThat(page.split("```java", -1)).hasSize(blocks.size() + 1);
        assertThat(blocks.stream()
                        .map(block -> Path.of(block.group(1)).getFileName().toString()))
                .containsExactly(
                        "AcmeBackend.java", "AcmeBackendTests.java", "AcmeConfiguration.java", "AcmeListener.java");
        for (MatchResult block : blocks) {
            assertThat(block.group(2)).as(block.group(1)).isEqualTo(Files.readString(ROOT.resolve(block.group(1))));
        }
    }
}
