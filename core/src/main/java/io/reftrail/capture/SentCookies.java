package io.reftrail.capture;

import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.model.Attribution;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a request's cookies say of a visitor's clicks. */
final class SentCookies {

    /** What a browser keeps of an address that would leave no room for other cookies: nothing. */
    private static final int LONGEST_LANDING = 1_500;

    private static final KeptClick NOTHING_KEPT = new KeptClick(null, null);

    private final CompanionCodec companions;

    SentCookies(CompanionCodec companions) {
        this.companions = companions;
    }

    /**
     * Returns the attribution that the request carries by the rules of one backend, or {@code null}; skips what is broken.
     * A click that is being exchanged is newer than the click id that stands in a cookie.
     */
    @Nullable
    Attribution attribution(List<CaptureRule> rules, CookieExchange exchange) {
        if (exchange.cookieHeaders().isEmpty()) {
            return null;
        }
        return Stream.concat(
                        rules.stream().map(rule -> pending(rule, exchange)),
                        rules.stream().map(rule -> exchanged(rule, exchange)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns the attribution to the click id in the rule's cookie, or {@code null}; skips what is broken. */
    @Nullable
    Attribution exchanged(CaptureRule rule, CookieExchange exchange) {
        KeptClick kept = kept(rule, exchange);
        String clickId = kept.clickId();
        if (clickId == null) {
            return null;
        }
        Companion companion = kept.companion();
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
    @Nullable
    Attribution pending(CaptureRule rule, CookieExchange exchange) {
        KeptClick kept = rule.meaning() == Meaning.EXCHANGED_CODE ? kept(rule, exchange) : NOTHING_KEPT;
        Companion companion = kept.companion();
        if (companion == null || !companion.isPending() || !rule.accepts(companion.code())) {
            return null;
        }
        Map<String, String> details = Map.of(Attribution.CODE, companion.code());
        return new Attribution(rule.backend(), kept.clickId(), companion.clickedAt(), companion.key(), details);
    }

    /** Returns the address of the landing, if the vendor has a cookie for it and the request carries one. */
    @Nullable
    String landing(CaptureRule rule, CookieExchange exchange) {
        String cookie = rule.landingCookie();
        return cookie == null
                ? null
                : CookieHeader.values(exchange.cookieHeaders(), cookie).stream()
                        .filter(SentCookies::isLanding)
                        .findFirst()
                        .orElse(null);
    }

    /** Whether an address can stand in a cookie, and leaves room for others. */
    static boolean isLanding(String address) {
        return address.length() <= LONGEST_LANDING && address.chars().allMatch(CookieOctets::contains);
    }

    /** Whether the request carries a cookie of this name. */
    static boolean contain(String cookie, CookieExchange exchange) {
        return !CookieHeader.values(exchange.cookieHeaders(), cookie).isEmpty();
    }

    /** What the request says of the click that a rule keeps. */
    KeptClick kept(CaptureRule rule, CookieExchange exchange) {
        List<String> clickIds = CookieHeader.values(exchange.cookieHeaders(), rule.cookie()).stream()
                .map(value -> decode(rule, value))
                .filter(rule::accepts)
                .toList();
        List<Companion> beside = companions.names(rule).stream()
                .flatMap(name -> CookieHeader.values(exchange.cookieHeaders(), name).stream())
                .map(value -> companions.parse(rule, value))
                .filter(Objects::nonNull)
                .toList();
        return KeptClick.of(clickIds, beside, companions.isNeeded());
    }

    private static @Nullable String decode(CaptureRule rule, String value) {
        return rule.encoding() == CookieEncoding.RAW ? value : PercentEncoding.decode(value.replace("+", "%2B"));
    }
}
