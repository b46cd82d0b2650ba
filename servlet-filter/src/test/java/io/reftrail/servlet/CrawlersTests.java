package io.reftrail.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Crawlers by their user agents. {@code user-agents.tsv} is a labelled sample: a quarter of the public list crawler-user-agents (MIT
 * licence), and devices from a public device detector's fixtures. The user agents of the other two files were written down from memory.
 */
class CrawlersTests {

    @Test
    void recognisesNineteenOfTwentyCrawlersOfASample() throws IOException {
        List<String> crawlers = sample("/user-agents.tsv", "crawler");

        List<String> missed =
                crawlers.stream().filter(agent -> !Crawlers.areNamedIn(agent)).toList();

        assertThat(crawlers).hasSizeGreaterThan(500);
        assertThat(missed).hasSizeLessThanOrEqualTo(crawlers.size() / 20);
    }

    @Test
    void refusesNobodyOfASample() throws IOException {
        List<String> people = sample("/user-agents.tsv", "person");

        assertThat(people).hasSizeGreaterThan(400).noneMatch(Crawlers::areNamedIn);
    }

    /** The lists of this file were not read while the rules were written. */
    @Test
    void doesAsWellOnListsThatItsRulesDoNotKnow() throws IOException {
        List<String> crawlers = sample("/user-agents-not-seen.tsv", "crawler");
        List<String> people = sample("/user-agents-not-seen.tsv", "person");

        assertThat(crawlers.stream().filter(Crawlers::areNamedIn).count())
                .isGreaterThanOrEqualTo(crawlers.size() * 19L / 20);
        assertThat(people.stream().filter(Crawlers::areNamedIn).count()).isLessThanOrEqualTo(people.size() / 1000L);
    }

    @ParameterizedTest
    @MethodSource
    void recognisesCrawlersAndLinkPreviews(String userAgent) {
        assertThat(Crawlers.areNamedIn(userAgent)).isTrue();
    }

    static Stream<String> recognisesCrawlersAndLinkPreviews() throws IOException {
        return lines("/crawlers.txt");
    }

    @ParameterizedTest
    @MethodSource
    void takesBrowsersForVisitors(String userAgent) {
        assertThat(Crawlers.areNamedIn(userAgent)).isFalse();
    }

    static Stream<String> takesBrowsersForVisitors() throws IOException {
        return lines("/browsers.txt");
    }

    /** None of these names is in the list that the class searches for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (compatible; Quibblebot/0.3; +https://quibble.example/bot)",
                "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
                        + " (compatible; Quibblebot/0.3)",
                "QuibbleFetcher/2.1",
                "Quibble-Link-Preview/1.0 (admin@quibble.example)",
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Quibble-User/1.0)",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
                "quibble/1.0"
            })
    void recognisesNewOnesByWhatTheyHaveInCommon(String userAgent) {
        assertThat(Crawlers.areNamedIn(userAgent)).isTrue();
    }

    @Test
    void takesAVisitorWithoutAUserAgentForAVisitor() {
        assertThat(Crawlers.areNamedIn(null)).isFalse();
        assertThat(Crawlers.areNamedIn(" ")).isFalse();
    }

    private static List<String> sample(String file, String label) throws IOException {
        return lines(file)
                .filter(line -> line.startsWith(label + "\t"))
                .map(line -> line.substring(label.length() + 1))
                .toList();
    }

    private static Stream<String> lines(String resource) throws IOException {
        try (InputStream file = CrawlersTests.class.getResourceAsStream(resource)) {
            return file == null ? Stream.of(resource + " is missing") : new String(file.readAllBytes(), UTF_8).lines();
        }
    }
}
