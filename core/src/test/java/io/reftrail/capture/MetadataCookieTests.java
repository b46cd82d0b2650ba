package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Attribution;
import io.reftrail.testing.RecordingExchange;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metadata cookie stores when a click was, and only for the click id it was written with. */
class MetadataCookieTests {

    private static final Instant CLICKED = Instant.parse("2026-03-01T10:15:30.987Z");

    @Test
    void remembersTheClickToTheSecond() {
        assertThat(read(stored("one")))
                .isEqualTo(new Attribution("introw", "one", Instant.parse("2026-03-01T10:15:30Z")));
    }

    @Test
    void aClickIdThatSomebodyElseWroteLaterHasNoTime() {
        String metadata = metadataOf("one");

        assertThat(read(RecordingExchange.with("_introw_aff=two; " + metadata)))
                .isEqualTo(new Attribution("introw", "two", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                ".",
                ".1ae66",
                "x.1ae66",
                "-5.1ae66",
                "+5.1ae66",
                "99999999999.1ae66",
                "5.5.1ae66",
                "1772360130",
                "1772360130.",
                "1772360130.1AE66",
                "1772360130.0",
                "\u0661.1ae66"
            })
    void garbageInTheMetadataIsSkipped(String garbage) {
        assertThat(read(RecordingExchange.with("_introw_aff=one; _reftrail_introw=" + garbage)))
                .isEqualTo(new Attribution("introw", "one", null));
    }

    @Test
    void goodMetadataBesideBrokenMetadataIsFound() {
        assertThat(read(RecordingExchange.with(
                        "_introw_aff=one; _reftrail_introw=x.1ae66", "_reftrail_introw=0; " + metadataOf("one"))))
                .isEqualTo(new Attribution("introw", "one", Instant.parse("2026-03-01T10:15:30Z")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "_introw_aff=a b; _introw_aff=one",
                "_introw_aff=\"a,b\"; _introw_aff=one",
                "_introw_aff=; _introw_aff=one",
                "_introw_aff=caf\u00e9; _introw_aff=\"one\"",
            })
    void whatCannotBeAClickIdIsSkipped(String header) {
        assertThat(read(RecordingExchange.with(header))).isEqualTo(new Attribution("introw", "one", null));
    }

    @Test
    void anOverlongCookieIsNoClick() {
        assertThat(Rules.COOKIES.read(Rules.PLAIN, RecordingExchange.with("_introw_aff=" + "a".repeat(257))))
                .isNull();
    }

    private static Attribution read(RecordingExchange exchange) {
        Attribution attribution = Rules.COOKIES.read(Rules.PLAIN, exchange);
        assertThat(attribution).isNotNull();
        return attribution;
    }

    private static RecordingExchange stored(String clickId) {
        RecordingExchange exchange = RecordingExchange.with();
        Rules.COOKIES.store(Rules.PLAIN, clickId, CLICKED, exchange);
        return exchange.next();
    }

    private static String metadataOf(String clickId) {
        String header = stored(clickId).cookieHeaders().get(0);
        return header.substring(header.indexOf("_reftrail_introw="));
    }
}
