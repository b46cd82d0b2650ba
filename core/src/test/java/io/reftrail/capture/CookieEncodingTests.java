package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Attribution;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vendors' scripts read our cookies and we read theirs, so the encoding is theirs to the byte. */
class CookieEncodingTests {

    /** What {@code encodeURIComponent} leaves alone besides letters and digits (ECMA-262, section 19.2.6.4). */
    private static final String UNESCAPED_MARKS = "-_.!~*'()";

    static IntStream cookieOctets() {
        return IntStream.range(0, 128).filter(CookieHeader::isCookieOctet);
    }

    @ParameterizedTest(name = "character {0}")
    @MethodSource("cookieOctets")
    void writesEachCharacterAsEncodeUriComponentDoes(int character) {
        String clickId = "a" + (char) character;
        boolean unescaped = Character.isLetterOrDigit(character) || UNESCAPED_MARKS.indexOf(character) >= 0;
        String encoded = unescaped ? clickId : "a%%%02X".formatted(character);

        RecordingExchange exchange = RecordingExchange.with();
        Rules.COOKIES.store(Rules.ENCODED, clickId, HandSetClock.START, exchange);

        assertThat(exchange.setCookies()).first().asString().startsWith("refp_id=" + encoded + "; ");
        assertThat(readBack(exchange.next())).isEqualTo(clickId);
    }

    @Test
    void thereAre90CookieOctets() {
        assertThat(cookieOctets().count()).isEqualTo(90);
    }

    @ParameterizedTest(name = "character {0}")
    @MethodSource("cookieOctets")
    void aRawCookieIsTheClickIdItself(int character) {
        String clickId = "a" + (char) character + "b";
        RecordingExchange exchange = RecordingExchange.with();

        Rules.COOKIES.store(Rules.PLAIN, clickId, HandSetClock.START, exchange);

        assertThat(exchange.setCookies()).first().asString().startsWith("_introw_aff=" + clickId + "; ");
        assertThat(Rules.COOKIES.read(Rules.PLAIN, exchange.next()))
                .isEqualTo(new Attribution("introw", clickId, HandSetClock.START));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+b", "a%2bb", "a%2Bb"})
    void aPlusIsAPlusAsInDecodeUriComponent(String cookie) {
        assertThat(readBack(RecordingExchange.with("refp_id=" + cookie))).isEqualTo("a+b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "a%", "%20", "%0D%0A", "%C3%A9", "%FF", "%3B"})
    void aBrokenOrUnsuitableValueIsNoClick(String cookie) {
        assertThat(readBack(RecordingExchange.with("refp_id=" + cookie))).isNull();
    }

    private static @Nullable String readBack(RecordingExchange exchange) {
        Attribution attribution = Rules.COOKIES.read(Rules.ENCODED, exchange);
        return attribution == null ? null : attribution.clickId();
    }
}
