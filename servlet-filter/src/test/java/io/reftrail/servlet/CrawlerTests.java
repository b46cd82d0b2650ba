package io.reftrail.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is a crawler, by user agents that were written down from memory, not copied from a log. */
class CrawlerTests {

    @ParameterizedTest
    @MethodSource
    void recognisesCrawlersAndLinkPreviews(String userAgent) {
        assertThat(Navigation.isCrawler(userAgent)).isTrue();
    }

    static Stream<String> recognisesCrawlersAndLinkPreviews() throws IOException {
        return lines("/crawlers.txt");
    }

    @ParameterizedTest
    @MethodSource
    void takesBrowsersForVisitors(String userAgent) {
        assertThat(Navigation.isCrawler(userAgent)).isFalse();
    }

    static Stream<String> takesBrowsersForVisitors() throws IOException {
        return lines("/browsers.txt");
    }

    @Test
    void takesAVisitorWithoutAUserAgentForAVisitor() {
        assertThat(Navigation.isCrawler(null)).isFalse();
    }

    private static Stream<String> lines(String resource) throws IOException {
        try (InputStream file = CrawlerTests.class.getResourceAsStream(resource)) {
            return file == null ? Stream.of(resource + " is missing") : new String(file.readAllBytes(), UTF_8).lines();
        }
    }
}
