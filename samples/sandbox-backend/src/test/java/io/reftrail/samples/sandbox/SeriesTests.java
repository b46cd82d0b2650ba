package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.samples.sandbox.Ledger.Click;
import io.reftrail.samples.sandbox.Ledger.Conversion;
import io.reftrail.samples.sandbox.Statistics.Series;
import io.reftrail.samples.sandbox.Statistics.SeriesQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is counted for which bucket of time. */
class SeriesTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Series.Span FIVE_MINUTES = new Series.Span(Duration.ofMinutes(1), 5, NOON.plusSeconds(30));

    private final Ledger ledger = sandbox.bean(Ledger.class);
    private final SeriesQuery query = sandbox.bean(SeriesQuery.class);

    @BeforeEach
    void somethingHappened() {
        click("introw", "nora", "too early", NOON.minusMillis(240_001));
        click("introw", "nora", "c1", NOON.minusSeconds(240));
        click("introw", "leo", "c2", NOON.minusMillis(1));
        click("refport", "nora", "c3", NOON);
        lead("introw", "c1", NOON.minusSeconds(60));
        sale("refport", "c3", NOON.plusMillis(59_999));
        sale("refport", "c3", NOON.plusSeconds(60));
    }

    @ParameterizedTest(name = "vendor {0}, partner {1}")
    @CsvSource(delimiter = '|', nullValues = "any", textBlock = """
            any     | any    | 1/0/0 0/0/0 0/0/0 1/1/0 1/0/1
            introw  | any    | 1/0/0 0/0/0 0/0/0 1/1/0 0/0/0
            any     | nora   | 1/0/0 0/0/0 0/0/0 0/1/0 1/0/1
            introw  | leo    | 0/0/0 0/0/0 0/0/0 1/0/0 0/0/0
            refport | nora   | 0/0/0 0/0/0 0/0/0 0/0/0 1/0/1
            nobody  | any    | 0/0/0 0/0/0 0/0/0 0/0/0 0/0/0
            """)
    void countsEachBucket(@Nullable String vendor, @Nullable String partner, String counts) {
        Series series = query.run(FIVE_MINUTES, vendor, partner);

        assertThat(series.buckets().stream()
                        .map(bucket -> bucket.clicks() + "/" + bucket.leads() + "/" + bucket.sales())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(counts);
        assertThat(series.buckets().get(0).at()).isEqualTo("2026-03-01T11:56:00Z");
        assertThat(series.buckets().get(4).at()).isEqualTo(NOON);
    }

    @Test
    void showsWhatHappensNowInTheLastBucket() throws Exception {
        sandbox.get("/r/mia");

        JsonNode series = json(sandbox.get("/sandbox/series?bucket=P1D&buckets=3&vendor=introw&partner=mia"));

        assertThat(series.path("bucket").asString()).isEqualTo("PT24H");
        assertThat(series.at("/buckets/2/at").asString()).endsWith("T00:00:00Z");
        assertThat(StreamSupport.stream(series.path("buckets").spliterator(), false)
                        .mapToInt(bucket -> bucket.path("clicks").asInt()))
                .containsExactly(0, 0, 1);
    }

    @Test
    void isThirtyMinutesOfEverybodyUnlessSomethingElseIsAsked() throws Exception {
        assertThat(json(sandbox.get("/sandbox/series")).path("buckets")).hasSize(30);
        assertThat(json(sandbox.get("/sandbox/series?vendor=&partner=")).path("bucket"))
                .hasToString("\"PT1M\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket=PT0S", "bucket=-PT1M", "bucket=P400D", "bucket=x", "buckets=0", "buckets=1001"})
    void refusesWhatMakesNoSense(String query) throws Exception {
        assertThat(sandbox.get("/sandbox/series?" + query).statusCode()).isEqualTo(400);
    }

    private void click(String vendor, String partner, String id, Instant at) {
        ledger.click(vendor, partner, id, at);
    }

    private void lead(String vendor, String click, Instant at) {
        ledger.count(Conversion.lead(known(vendor, click), null, null), at);
    }

    private void sale(String vendor, String click, Instant at) {
        ledger.count(Conversion.sale(known(vendor, click), null, new Money(2_900, "EUR")), at);
    }

    private Click known(String vendor, String click) {
        return ledger.find(vendor, click).orElseThrow();
    }
}
