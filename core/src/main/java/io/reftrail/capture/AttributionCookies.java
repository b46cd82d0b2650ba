package io.reftrail.capture;

import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.model.Attribution;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps attributions in cookies. The click id goes into the vendor's own cookie, as the vendor writes it; when it was
 * clicked, and what is being exchanged for a click id, goes into a {@link Companion} of ours.
 */
public final class AttributionCookies {

    /** What a browser keeps of an address that would leave no room for other cookies: nothing. */
    private static final int LONGEST_LANDING = 1_500;

    private final CookieWriter writer;

    /** @param settings the attributes of the cookies */
    public AttributionCookies(CookieSettings settings) {
        this.writer = new CookieWriter(settings);
    }

    /**
     * Returns the attribution that the request carries by the rules of one backend, or {@code null}; skips what is broken.
     * A click that is being exchanged is newer than the click id that stands in a cookie.
     */
    public @Nullable Attribution read(List<CaptureRule> rules, CookieExchange exchange) {
        return Stream.concat(
                        rules.stream().map(rule -> readPending(rule, exchange)),
                        rules.stream().map(rule -> read(rule, exchange)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns the attribution to the click id in the rule's cookie, or {@code null}; skips what is broken. */
    @Nullable
    Attribution read(CaptureRule rule, CookieExchange exchange) {
        String clickId = clickId(rule, exchange);
        if (clickId == null) {
            return null;
        }
        Companion companion = companion(rule, exchange);
        Companion ours = companion == null || companion.isPending() ? null : companion;
        return new Attribution(
                rule.backend(), clickId, ours == null ? null : ours.clickedAt(), null, details(rule, ours));
    }

    private static Map<String, String> details(CaptureRule rule, @Nullable Companion companion) {
        if (rule.parameters().isEmpty()) {
            return Map.of(Attribution.COOKIE, rule.cookie());
        }
        String code = companion == null ? null : companion.code();
        return code == null ? Map.of() : Map.of(Attribution.CODE, code);
    }

    /** Returns the attribution to a click that is being exchanged by this rule, or {@code null}. */
    public @Nullable Attribution readPending(CaptureRule rule, CookieExchange exchange) {
        Companion companion = rule.meaning() == Meaning.EXCHANGED_CODE ? companion(rule, exchange) : null;
        if (companion == null || !companion.isPending() || !rule.accepts(companion.code())) {
            return null;
        }
        Map<String, String> details = Map.of(Attribution.CODE, companion.code());
        return new Attribution(
                rule.backend(), clickId(rule, exchange), companion.clickedAt(), companion.key(), details);
    }

    /** Keeps a click id for the rule's window. */
    public void store(CaptureRule rule, String clickId, Instant clickedAt, CookieExchange exchange) {
        store(rule, clickId, Companion.of(clickedAt, clickId), rule.window(), exchange);
    }

    private void store(
            CaptureRule rule, String clickId, Companion companion, Duration window, CookieExchange exchange) {
        if (isSent(rule.cookie(), exchange)) {
            writer.expireHostOnlyTwin(exchange, rule.cookie(), !rule.scriptReadable());
        }
        writer.set(exchange, rule.cookie(), encode(rule, clickId), window, !rule.scriptReadable());
        writer.set(exchange, rule.companionCookie(), companion.text(), window, true);
    }

    /** Keeps what is needed of a click until it is exchanged; the click id before it stays in its cookie. */
    void storePending(CaptureRule rule, Attribution pending, @Nullable String landing, CookieExchange exchange) {
        Companion companion = Companion.pending(
                Objects.requireNonNull(pending.clickedAt()),
                Objects.requireNonNull(pending.clickKey()),
                Objects.requireNonNull(pending.detail(Attribution.CODE)));
        writer.set(exchange, rule.companionCookie(), companion.text(), rule.window(), true);
        String cookie = rule.landingCookie();
        if (cookie != null
                && landing != null
                && landing.length() <= LONGEST_LANDING
                && landing.chars().allMatch(CookieOctets::contains)) {
            writer.set(exchange, cookie, landing, rule.window(), !rule.scriptReadable());
        }
    }

    /** Gives the browser the click id that a click was exchanged for, if that click is still the visitor's last one. */
    public void handOver(CaptureRule rule, Attribution exchanged, CookieExchange exchange) {
        Companion companion = companion(rule, exchange);
        String clickId = exchanged.requireClickId();
        if (companion == null
                || !companion.isPending()
                || !Objects.equals(companion.key(), exchanged.clickKey())
                || !rule.accepts(clickId)) {
            return;
        }
        Duration window = exchanged.window(rule.window());
        store(rule, clickId, companion.boundTo(clickId), window, exchange);
        String landing = landing(rule, exchange);
        if (rule.landingCookie() != null && landing != null) {
            writer.set(exchange, rule.landingCookie(), landing, window, !rule.scriptReadable());
        }
    }

    /** Takes back what was kept of a click that counts for nobody; a click id from before it stays. */
    public void withdraw(CaptureRule rule, CookieExchange exchange) {
        writer.expire(exchange, rule.companionCookie(), true);
    }

    /** Returns the address of the landing, if the vendor has a cookie for it and the request carries one. */
    public @Nullable String landing(CaptureRule rule, CookieExchange exchange) {
        String cookie = rule.landingCookie();
        return cookie == null
                ? null
                : CookieHeader.values(exchange.cookieHeaders(), cookie).stream()
                        .filter(value -> value.length() <= LONGEST_LANDING
                                && value.chars().allMatch(CookieOctets::contains))
                        .findFirst()
                        .orElse(null);
    }

    /** Removes a click: the vendor's cookies and the companion, each with its twin. */
    public void expire(List<CaptureRule> rules, CookieExchange exchange) {
        for (CaptureRule rule : rules) {
            if (!rule.parameters().isEmpty() || isSent(rule.cookie(), exchange)) {
                writer.expire(exchange, rule.cookie(), !rule.scriptReadable());
            }
            if (rule.landingCookie() != null && isSent(rule.landingCookie(), exchange)) {
                writer.expire(exchange, rule.landingCookie(), !rule.scriptReadable());
            }
        }
        rules.stream()
                .map(CaptureRule::companionCookie)
                .distinct()
                .forEach(companion -> writer.expire(exchange, companion, true));
    }

    private static boolean isSent(String cookie, CookieExchange exchange) {
        return !CookieHeader.values(exchange.cookieHeaders(), cookie).isEmpty();
    }

    private static @Nullable String clickId(CaptureRule rule, CookieExchange exchange) {
        for (String value : CookieHeader.values(exchange.cookieHeaders(), rule.cookie())) {
            String clickId = decode(rule, value);
            if (clickId != null && rule.accepts(clickId)) {
                return clickId;
            }
        }
        return null;
    }

    /** A browser that sends several has one of a parent domain as well; the one that fits what else it sends counts. */
    static @Nullable Companion companion(CaptureRule rule, CookieExchange exchange) {
        String clickId = clickId(rule, exchange);
        List<Companion> companions = CookieHeader.values(exchange.cookieHeaders(), rule.companionCookie()).stream()
                .map(Companion::parse)
                .filter(Objects::nonNull)
                .toList();
        return companions.stream()
                .filter(companion -> companion.isPending() || companion.isBoundTo(clickId))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String decode(CaptureRule rule, String value) {
        return rule.encoding() == CookieEncoding.RAW ? value : percentDecode(value.replace("+", "%2B"));
    }

    private static String encode(CaptureRule rule, String clickId) {
        return rule.encoding() == CookieEncoding.RAW ? clickId : percentEncode(clickId);
    }

    /** Encodes as {@code encodeURIComponent} does, which leaves five characters alone that {@link URLEncoder} escapes. */
    private static String percentEncode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
    }

    /** Decodes a form-encoded value; {@code null} if the encoding is broken. */
    static @Nullable String percentDecode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEncoding) {
            return null;
        }
    }
}
