package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CookieSettings.SameSite;
import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieOrigin;
import org.apache.hc.client5.http.cookie.CookieSpec;
import org.apache.hc.client5.http.cookie.MalformedCookieException;
import org.apache.hc.client5.http.impl.cookie.RFC6265StrictSpec;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our {@code Set-Cookie} lines in the eyes of the HTTP client's strict reader of RFC 6265, for each choice of attributes. */
class SetCookieConformanceTests {

    private static final CookieOrigin SHOP = new CookieOrigin("shop.example.com", 443, "/shop/page", true);

    private final CookieSpec standard = new RFC6265StrictSpec();

    static List<CookieSettings> settings() {
        List<CookieSettings> all = new ArrayList<>();
        for (String path : List.of("/", "/shop")) {
            for (String domain : List.of("", "example.com", ".shop.example.com")) {
                for (SameSite sameSite : SameSite.values()) {
                    for (Secure secure : Secure.values()) {
                        if (sameSite != SameSite.NONE || secure == Secure.ALWAYS) {
                            all.add(new CookieSettings(path, domain.isEmpty() ? null : domain, sameSite, secure));
                        }
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void isReadAsItWasMeant(CookieSettings settings) throws MalformedCookieException {
        for (RecordingExchange exchange : List.of(RecordingExchange.with(), RecordingExchange.insecure())) {
            for (String clickId : List.of("one", "!#$%&'()*+-./09:<=>?@AZ[]^_`az{|}~", "==", "%zz", "x".repeat(256))) {
                assertThat(stored(settings, Rules.PLAIN, clickId, exchange)).isEqualTo(clickId);
            }
            assertThat(stored(settings, Rules.ENCODED, "a+b%c=d", exchange)).isEqualTo("a%2Bb%25c%3Dd");
        }
    }

    private @Nullable String stored(
            CookieSettings settings, CaptureRule rule, String clickId, RecordingExchange exchange)
            throws MalformedCookieException {
        int before = exchange.setCookies().size();
        new AttributionCookies(settings).store(rule, clickId, HandSetClock.START, exchange);
        List<String> lines = exchange.setCookies();
        assertThat(lines).hasSize(before + 2);
        isAsSet(read(lines.get(before + 1)), settings, rule.metadataCookie(), exchange);
        Cookie cookie = read(lines.get(before));
        isAsSet(cookie, settings, rule.cookie(), exchange);
        assertThat(lines.get(before))
                .endsWith("; SameSite=" + settings.sameSite().attribute());
        return cookie.getValue();
    }

    private Cookie read(String line) throws MalformedCookieException {
        List<Cookie> cookies = standard.parse(new BasicHeader("Set-Cookie", line), SHOP);
        assertThat(cookies).as(line).hasSize(1);
        standard.validate(cookies.get(0), SHOP);
        return cookies.get(0);
    }

    private static void isAsSet(Cookie cookie, CookieSettings settings, String name, RecordingExchange exchange) {
        assertThat(cookie.getName()).isEqualTo(name);
        assertThat(cookie.getPath()).isEqualTo(settings.path());
        assertThat(cookie.getDomain()).isEqualTo(settings.domain() == null ? SHOP.getHost() : settings.domain());
        assertThat(cookie.isSecure()).isEqualTo(settings.isSecureFor(exchange));
        assertThat(cookie.isPersistent()).isTrue();
    }
}
