package io.reftrail.capture;

import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.model.Attribution;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps attributions in cookies. The click id goes into the vendor's own cookie, as the vendor writes it; when it was
 * clicked goes into a companion of ours, bound to the click id by a hash so that a click id that somebody else wrote
 * later is not taken for that old.
 */
public final class AttributionCookies {

    private final CookieWriter writer;

    /** @param settings the attributes of the cookies */
    public AttributionCookies(CookieSettings settings) {
        this.writer = new CookieWriter(settings);
    }

    /** Returns the attribution that the request carries for this rule, or {@code null}; skips what is broken. */
    public @Nullable Attribution read(CaptureRule rule, CookieExchange exchange) {
        for (String value : CookieHeader.values(exchange.cookieHeaders(), rule.cookie())) {
            String clickId = decode(rule, value);
            if (clickId != null && rule.accepts(clickId)) {
                return new Attribution(rule.backend(), clickId, clickedAt(rule, exchange, clickId));
            }
        }
        return null;
    }

    /** Keeps a click for the rule's window. */
    public void store(CaptureRule rule, String clickId, Instant clickedAt, CookieExchange exchange) {
        if (!CookieHeader.values(exchange.cookieHeaders(), rule.cookie()).isEmpty()) {
            writer.expireHostOnlyTwin(exchange, rule.cookie(), !rule.scriptReadable());
        }
        writer.set(exchange, rule.cookie(), encode(rule, clickId), rule.window(), !rule.scriptReadable());
        String companion = clickedAt.getEpochSecond() + "." + binding(clickId);
        writer.set(exchange, rule.companionCookie(), companion, rule.window(), true);
    }

    /** Removes a click: the vendor's cookie and its companion, each with its twin. */
    public void expire(CaptureRule rule, CookieExchange exchange) {
        writer.expire(exchange, rule.cookie(), !rule.scriptReadable());
        writer.expire(exchange, rule.companionCookie(), true);
    }

    private static @Nullable Instant clickedAt(CaptureRule rule, CookieExchange exchange, String clickId) {
        String suffix = "." + binding(clickId);
        for (String value : CookieHeader.values(exchange.cookieHeaders(), rule.companionCookie())) {
            if (value.endsWith(suffix)) {
                Instant time = epochSecond(value.substring(0, value.length() - suffix.length()));
                if (time != null) {
                    return time;
                }
            }
        }
        return null;
    }

    private static @Nullable Instant epochSecond(String digits) {
        boolean plain = digits.length() <= 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain && !digits.isEmpty() ? Instant.ofEpochSecond(Long.parseLong(digits)) : null;
    }

    private static String binding(String clickId) {
        return Integer.toHexString(clickId.hashCode());
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
