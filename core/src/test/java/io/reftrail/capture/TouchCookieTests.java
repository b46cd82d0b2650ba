package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Ad;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.journey.Touch.Utm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of the cookie with the touches: what is written comes back, what others write breaks nothing. */
class TouchCookieTests {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Instant FROM = NOW.minus(Duration.ofDays(90));
    private static final String KEY = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final Utm CAMPAIGN = new Utm("news letter", "e-mail", "Frühling & Co", "50%~!*;\"", "日本");

    private final TouchCookie cookie = new TouchCookie(CookieSigning.NONE, new Referrers(Set.of()));

    private static Touch touch(int minute, Origin origin, @Nullable String host, Utm utm, @Nullable Ad ad) {
        String source = utm.source() != null
                ? utm.source()
                : ad != null ? "Google" : host != null ? host : origin == Origin.DIRECT ? "direct" : origin.text();
        return new Touch(FROM.plusSeconds(60L * minute), origin, source, host, "/p/" + minute, utm, ad, null);
    }

    private static Touch site(int minute) {
        return touch(minute, Origin.SITE, "a" + minute + ".example.com", Utm.NONE, null);
    }

    private static Touch direct(int minute) {
        return touch(minute, Origin.DIRECT, null, Utm.NONE, null);
    }

    private List<Touch> parse(String value) {
        return cookie.parse(value, FROM, NOW);
    }

    @Test
    void everyFieldComesBack() {
        Touch rich = new Touch(
                NOW,
                Origin.AI_ASSISTANT,
                "news letter",
                "chatgpt.com",
                "/pricing/a b",
                CAMPAIGN,
                new Ad("gclid", "Cj0KCQ_-1"),
                new Partner("introw", "nora"));
        List<Touch> touches = new ArrayList<>(List.of(site(1)));
        int number = 2;
        for (Origin origin : Origin.values()) {
            touches.add(touch(number++, origin, null, new Utm("s", null, null, null, null), null));
        }
        touches.add(rich);

        String value = cookie.format(touches);

        assertThat(parse(value)).isEqualTo(touches);
        assertThat(value).matches("[\\x21-\\x7e&&[^\",;\\\\]]+");
    }

    @Test
    void eightUsualTouchesFit() {
        List<Touch> touches = IntStream.range(0, 8)
                .mapToObj(i -> touch(
                        i * 2_000,
                        Origin.SEARCH,
                        "www.google.com",
                        new Utm("google", "cpc", "spring-sale-2026", null, "banner-" + i),
                        null))
                .toList();

        assertThat(parse(cookie.format(touches))).isEqualTo(touches.stream().toList());
    }

    @Test
    void theFirstAndTheLastTouchStayWhateverElseDoesNot() {
        List<Touch> touches = IntStream.range(0, 40)
                .mapToObj(i -> touch(i, Origin.SITE, "h".repeat(50) + i + ".example.com", CAMPAIGN, null))
                .toList();

        List<Touch> read = parse(cookie.format(touches));

        assertThat(read).hasSizeBetween(3, 12);
        assertThat(read.get(0).time()).isEqualTo(touches.get(0).time());
        assertThat(read.get(read.size() - 1)).isEqualTo(touches.get(39));
        assertThat(read.get(read.size() - 2).time()).isEqualTo(touches.get(38).time());
    }

    @Test
    void directVisitsMakeRoomForOthers() {
        List<Touch> touches = new ArrayList<>(List.of(site(0), site(1)));
        IntStream.range(2, 30).forEach(minute -> touches.add(direct(minute)));

        List<Touch> read = parse(cookie.format(touches));

        assertThat(read).hasSize(TouchCookie.MOST).startsWith(site(0), site(1)).endsWith(direct(28), direct(29));
    }

    @Test
    void theLongestTouchesStayBelowAKilobyte() {
        String wide = "\uffff".repeat(5_000);
        Utm utm = new Utm(wide, wide, wide, wide, wide);
        for (String name : new String[] {"gclid", "li_fat_id"}) {
            Touch longest = new Touch(
                    NOW,
                    Origin.SITE,
                    wide,
                    "h".repeat(64),
                    "/" + wide,
                    utm,
                    new Ad(name, "x".repeat(200)),
                    new Partner("b".repeat(64), wide));
            for (CookieSigning signing : List.of(CookieSigning.NONE, CookieSigning.of(List.of(KEY)))) {
                TouchCookie any = new TouchCookie(signing, new Referrers(Set.of()));
                for (int size : new int[] {1, 2, 3, 13}) {
                    String value = any.format(
                            IntStream.range(0, size).mapToObj(i -> longest).toList());
                    assertThat(value.length() + any.name().length() + 1).isLessThan(1_024);
                    assertThat(any.parse(value, FROM, NOW)).hasSizeBetween(1, size);
                }
            }
        }
    }

    @Test
    void aClickIdThatIsTooLongIsLeftOutRatherThanCut() {
        Touch touch = touch(1, Origin.SEARCH, "www.google.com", Utm.NONE, new Ad("gclid", "x".repeat(201)));

        assertThat(parse(cookie.format(List.of(touch))).get(0).ad()).isEqualTo(new Ad("gclid", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "2rrs~w",
                "hello",
                "1!!!",
                "1~~~",
                "*",
                "1*1",
                "1zzzzzzzzz~w",
                "1-5~w",
                "1+5~w",
                "1rrs",
                "1rrs~x",
                "1rrs~ww",
                "1rrs~w~-evil host",
                "1rrs~w~a%00b",
                "1rrs~w~a~/%zz",
                "1rrs~w~a~/%ff",
                "1rrs~w~a~/%0a",
                "1rrs~w~~~~~~~~nosuch~id",
                "1999999999999999999999~w",
                "\u00e91"
            })
    void whatIsBrokenIsLeftOut(String value) {
        assertThat(cookie.parse(value, Instant.MIN, Instant.MAX)).isEmpty();
    }

    @Test
    void aCookieThatWasCutKeepsItsWholeTouches() {
        String value = cookie.format(List.of(site(1), site(2), site(3)));

        for (int length = 0; length < value.length(); length++) {
            List<Touch> read = parse(value.substring(0, length));
            assertThat(read).hasSizeLessThanOrEqualTo(3);
            assertThat(read.stream().limit(Math.max(0, read.size() - 1)))
                    .allMatch(touch -> touch.equals(site(1)) || touch.equals(site(2)));
        }
    }

    @Test
    void oversizedValuesAreNotRead() {
        assertThat(parse(cookie.format(List.of(site(1))) + "!".repeat(1_000))).isEmpty();
    }

    @Test
    void touchesOutsideTheWindowDoNotCount() {
        String value = cookie.format(List.of(site(-1), site(0), site(1)));

        assertThat(parse(value)).containsExactly(site(0), site(1));
        assertThat(cookie.parse(value, FROM.minusSeconds(60), FROM)).containsExactly(site(-1), site(0));
    }

    @Test
    void touchesAreInTheOrderOfTheirTimeWhateverTheCookieSays() {
        assertThat(parse(cookie.format(List.of(site(3), site(1), site(2))))).containsExactly(site(1), site(2), site(3));
    }

    @Test
    void aSignedCookieIsReadByThoseWhoHaveTheKeyOnly() {
        TouchCookie signed = new TouchCookie(CookieSigning.of(List.of(KEY)), new Referrers(Set.of()));
        TouchCookie rotated = new TouchCookie(CookieSigning.of(List.of(KEY + "x", KEY)), new Referrers(Set.of()));
        TouchCookie other = new TouchCookie(CookieSigning.of(List.of(KEY + "y")), new Referrers(Set.of()));
        String value = signed.format(List.of(site(1)));

        assertThat(signed.parse(value, FROM, NOW)).containsExactly(site(1));
        assertThat(rotated.parse(value, FROM, NOW)).containsExactly(site(1));
        assertThat(other.parse(value, FROM, NOW)).isEmpty();
        for (int i = 0; i < value.length(); i++) {
            char changed = value.charAt(i) == 'a' ? 'b' : 'a';
            String forged = value.substring(0, i) + changed + value.substring(i + 1);
            assertThat(signed.parse(forged, FROM, NOW)).isEmpty();
        }
        assertThat(signed.parse(cookie.format(List.of(site(1))), FROM, NOW)).isEmpty();
        assertThat(cookie.parse(value, FROM, NOW)).containsExactly(site(1));
    }

    @Test
    void unsignedTouchesFromBeforeTheSigningCountForAWhile() {
        CookieSigning signing = CookieSigning.of(List.of(KEY), false, NOW.plusSeconds(1), false);
        TouchCookie lenient = new TouchCookie(signing, new Referrers(Set.of()));
        String unsigned = cookie.format(List.of(site(1)));

        assertThat(lenient.parse(unsigned, FROM, NOW)).containsExactly(site(1));
        assertThat(lenient.parse(unsigned, FROM, NOW.plusSeconds(1))).isEmpty();
    }
}
