package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in that docs/sign-in.md lists is held by a test that is there. */
class SignInPageTests {

    private static final Path DOCS = Path.of("..", "docs");

    private static final Pattern LINK = Pattern.compile("\\[(\\w+)(?:\\.(\\w+))?]\\((\\.\\./[^)]*\\.java)\\)");

    private static final Pattern PARENT = Pattern.compile("class \\w+(?:<[^>]*>)? extends (\\w+)");

    static List<String> rows() throws IOException {
        return Files.readAllLines(DOCS.resolve("sign-in.md")).stream()
                .dropWhile(line -> !line.startsWith("| Way in |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    static Stream<String> links() throws IOException {
        return LINK.matcher(Files.readString(DOCS.resolve("sign-in.md")))
                .results()
                .map(MatchResult::group);
    }

    @Test
    void thereIsAWayIn() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachWayInNamesATestMethod(String row) {
        Matcher link = LINK.matcher(row);
        assertThat(link.find()).isTrue();
        assertThat(link.group(2)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("links")
    void eachTestIsThere(String text) throws IOException {
        Matcher link = LINK.matcher(text);
        assertThat(link.matches()).isTrue();
        Path file = DOCS.resolve(link.group(3));
        assertThat(file).exists().hasFileName(link.group(1) + ".java");
        if (link.group(2) != null) {
            assertThat(withParents(file)).contains(" void " + link.group(2) + "(");
        }
    }

    /** The text of a class and of those of its package that it extends. */
    private static String withParents(Path file) throws IOException {
        String text = Files.readString(file);
        Matcher parent = PARENT.matcher(text);
        Path above = parent.find() ? file.resolveSibling(parent.group(1) + ".java") : file;
        return above.equals(file) || !Files.exists(above) ? text : text + withParents(above);
    }
}
