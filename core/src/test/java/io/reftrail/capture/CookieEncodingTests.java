package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Attribution;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vendors' scripts read our cookies and we read theirs, so the encoding is theirs to the byte. */
class CookieEncodingTests {

    /** What {@code encodeURIComponent} leaves alone besides letters and digits (ECMA-262). */
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

    /** Refport's script stores whatever its parameter holds (docs/contracts/refport.md, section 2). */
    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a;b", "a\"b", "a\\b", "a b", "caf\u00e9", "\uD83D\uDE00x", "a+b"})
    void anEncodedCookieHoldsEachCharacterThatAScriptStores(String clickId) {
        String query = "refp_id=" + URLEncoder.encode(clickId, StandardCharsets.UTF_8);
        CapturedQuery captured = Rules.capture().read(query);
        assertThat(captured).isNotNull();
        assertThat(captured.clicks()).singleElement().satisfies(click -> assertThat(click.clickId())
                .isEqualTo(clickId));

        RecordingExchange exchange = RecordingExchange.with();
        Rules.COOKIES.store(Rules.ENCODED, clickId, HandSetClock.START, exchange);

        assertThat(exchange.setCookies()).first().asString().matches("refp_id=[!-~&&[^\",;\\\\]]+; Max-Age=.*");
        assertThat(readBack(exchange.next())).isEqualTo(clickId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0D%0ASet-Cookie:x=y", "a%00b", "a%E2%80%A8b", "%20", "a%E2%80%8Bb"})
    void noCharacterThatIsNoneOfATextIsStored(String raw) {
        CapturedQuery captured = Rules.capture().read("refp_id=" + raw);

        assertThat(captured == null || captured.clicks().isEmpty()).isTrue();
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
    @ValueSource(strings = {"%", "%4", "%zz", "a%", "%20", "%0D%0A", "%FF", "%00", "a%C2%85"})
    void aBrokenOrUnsuitableValueIsNoClick(String cookie) {
        assertThat(readBack(RecordingExchange.with("refp_id=" + cookie))).isNull();
    }

    private static @Nullable String readBack(RecordingExchange exchange) {
        Attribution attribution = Rules.COOKIES.read(Rules.ENCODED, exchange);
        return attribution == null ? null : attribution.clickId();
    }
}
