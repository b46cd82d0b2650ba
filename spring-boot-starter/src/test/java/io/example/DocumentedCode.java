package io.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java code of a page of the documentation: each block begins with the name of a file that is compiled and tested here,
 * and is that file. With {@code -Dreftrail.write-docs=true} the page is rewritten instead.
 */
public final class DocumentedCode {

    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n// (\\S+)\n(.*?)```\n");

    private static final Path ROOT = Path.of("..");

    private final Path page;
    private final String command;

    /** @param test the test that asks */
    public DocumentedCode(String page, Class<?> test) {
        this.page = ROOT.resolve(page);
        this.command = "mvn -q -B -pl spring-boot-starter -am test -Dtest=" + test.getSimpleName()
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dreftrail.write-docs=true";
    }

    /** Returns the simple names of the blocks' files; fails if a block names none. */
    public List<String> files() throws IOException {
        String text = Files.readString(page);
        List<String> files = BLOCK.matcher(text)
                .results()
                .map(block -> block.group(1).replaceAll(".*/", ""))
                .toList();
        assertThat(text.split("```java", -1)).hasSize(files.size() + 1);
        return files;
    }

    /** Fails, saying how to mend it, if a block is not its file. */
    public void assertCurrent() throws IOException {
        String text = Files.readString(page);
        String current = BLOCK.matcher(text)
                .replaceAll(block -> Matcher.quoteReplacement(
                        "```java\n// " + block.group(1) + "\n" + source(block.group(1)) + "```\n"));
        if (Boolean.getBoolean("reftrail.write-docs")) {
            Files.writeString(page, current);
        } else {
            assertThat(text)
                    .as("%s is not the code; rewrite it with%n%s%n", page, command)
                    .isEqualTo(current);
        }
    }

    private static String source(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
