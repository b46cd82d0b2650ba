package io.reftrail.capture;

import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.model.Attribution;
import io.reftrail.model.InvalidSettingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps attributions in cookies. The click id goes into the vendor's own cookie, as the vendor writes it; when it was
 * clicked, and what is being exchanged for a click id, goes into a {@link Companion} of ours.
 */
public final class AttributionCookies {

    private final CookieWriter writer;
    private final CompanionCodec companions;
    private final SentCookies sent;
    private final Set<String> keptAfterLead;

    /** @param settings the attributes of the cookies, of which none is signed */
    public AttributionCookies(CookieSettings settings) {
        this(settings, CookieSigning.NONE, Clock.systemUTC());
    }

    /**
     * @param settings the attributes of the cookies
     * @param signing whether our own is signed
     * @param clock says until when those of before count
     * @throws InvalidSettingException if these settings do not fit one another
     */
    public AttributionCookies(CookieSettings settings, CookieSigning signing, Clock clock) {
        signing.requireFit(settings);
        this.writer = new CookieWriter(settings);
        this.companions = new CompanionCodec(signing, clock);
        this.sent = new SentCookies(companions);
        this.keptAfterLead = settings.keepAfterLead();
    }

    /** The names of the cookies that can hold a click by a rule. */
    Stream<String> names(CaptureRule rule) {
        return Stream.concat(Stream.of(rule.cookie()), companions.names(rule).stream());
    }

    /**
     * Returns the attribution that the request carries by the rules of one backend, or {@code null}; skips what is broken.
     * A click that is being exchanged is newer than the click id that stands in a cookie.
     */
    public @Nullable Attribution read(List<CaptureRule> rules, CookieExchange exchange) {
        return sent.attribution(rules, exchange);
    }

    /** Returns the attribution to the click id in the rule's cookie, or {@code null}; skips what is broken. */
    @Nullable
    Attribution read(CaptureRule rule, CookieExchange exchange) {
        return sent.exchanged(rule, exchange);
    }

    /** Returns the attribution to a click that is being exchanged by this rule, or {@code null}. */
    public @Nullable Attribution readPending(CaptureRule rule, CookieExchange exchange) {
        return sent.pending(rule, exchange);
    }

    /** Returns the address of the landing, if the vendor has a cookie for it and the request carries one. */
    public @Nullable String landing(CaptureRule rule, CookieExchange exchange) {
        return sent.landing(rule, exchange);
    }

    /** Keeps a click id for the rule's window. */
    public void store(CaptureRule rule, String clickId, Instant clickedAt, CookieExchange exchange) {
        store(rule, clickId, Companion.of(clickedAt, companions.bindingTo(clickId)), rule.window(), exchange);
    }

    private void store(
            CaptureRule rule, String clickId, Companion companion, Duration window, CookieExchange exchange) {
        set(rule.cookie(), encode(rule, clickId), window, !rule.scriptReadable(), exchange);
        setCompanion(rule, companion, window, exchange);
    }

    private void setCompanion(CaptureRule rule, Companion companion, Duration window, CookieExchange exchange) {
        set(companions.name(rule), companions.text(rule, companion), window, true, exchange);
        expireUnderOtherNames(rule, exchange);
    }

    private void set(String cookie, String value, Duration maxAge, boolean httpOnly, CookieExchange exchange) {
        if (SentCookies.contain(cookie, exchange)) {
            writer.expireHostOnlyTwin(exchange, cookie, httpOnly);
        }
        writer.set(exchange, cookie, value, maxAge, httpOnly);
    }

    /** Keeps what is needed of a click until it is exchanged; the click id before it stays in its cookie. */
    void storePending(CaptureRule rule, Attribution pending, @Nullable String landing, CookieExchange exchange) {
        String before = pending.clickId();
        Companion companion = Companion.pending(
                Objects.requireNonNull(pending.clickedAt()),
                before == null ? null : companions.bindingTo(before),
                Objects.requireNonNull(pending.clickKey()),
                Objects.requireNonNull(pending.detail(Attribution.CODE)));
        setCompanion(rule, companion, rule.window(), exchange);
        String cookie = rule.landingCookie();
        if (cookie != null && landing != null && SentCookies.isLanding(landing)) {
            set(cookie, landing, rule.window(), !rule.scriptReadable(), exchange);
        }
    }

    /** Keeps the id of a click that another one is about to replace, in case that one counts for nobody. */
    void keepBefore(CaptureRule rule, Attribution before, Instant now, CookieExchange exchange) {
        Duration left = left(rule, before, now);
        String clickId = before.requireClickId();
        if (!left.isZero() && rule.accepts(clickId)) {
            set(rule.cookie(), encode(rule, clickId), left, !rule.scriptReadable(), exchange);
        }
    }

    /**
     * Gives the browser the click id that a click was exchanged for, if that click is still the visitor's last one, for as
     * long as it counts from its landing on.
     *
     * @param exchanged has a click id
     */
    public void handOver(CaptureRule rule, Attribution exchanged, Instant now, CookieExchange exchange) {
        Companion companion = sent.kept(rule, exchange).companion();
        String clickId = exchanged.requireClickId();
        if (companion == null
                || !companion.isPending()
                || !Objects.equals(companion.key(), exchanged.clickKey())
                || !rule.accepts(clickId)) {
            return;
        }
        Duration left = left(rule, exchanged, now);
        if (left.isZero()) {
            withdraw(rule, exchange);
            return;
        }
        store(rule, clickId, companion.boundTo(companions.bindingTo(clickId)), left, exchange);
        String landing = landing(rule, exchange);
        if (rule.landingCookie() != null && landing != null) {
            set(rule.landingCookie(), landing, left, !rule.scriptReadable(), exchange);
        }
    }

    /** How long a click still counts; zero if it does not. Whatever a cookie says of its time, no longer than a new one. */
    private static Duration left(CaptureRule rule, Attribution exchanged, Instant now) {
        Duration window = exchanged.window(rule.window());
        Instant clickedAt = exchanged.clickedAt();
        Duration age = clickedAt == null || clickedAt.isAfter(now) ? Duration.ZERO : Duration.between(clickedAt, now);
        Duration left = window.minus(age);
        return left.toSeconds() <= 0 ? Duration.ZERO : left;
    }

    /**
     * Takes back what was kept of a click that counts for nobody. A click id from before it stays. Its own time has been
     * overwritten, so it is taken for as new as the click that is taken back: whoever was a customer by then is none whom it brought.
     */
    public void withdraw(CaptureRule rule, CookieExchange exchange) {
        KeptClick kept = sent.kept(rule, exchange);
        String before = kept.clickId();
        Companion withdrawn = kept.companion();
        if (before == null || withdrawn == null || (companions.isSigned() && !withdrawn.isStronglyBound())) {
            expireCompanion(rule, exchange);
        } else {
            Companion companion = Companion.of(withdrawn.clickedAt(), companions.bindingTo(before));
            setCompanion(rule, companion, rule.window(), exchange);
        }
    }

    private void expireCompanion(CaptureRule rule, CookieExchange exchange) {
        writer.expire(exchange, companions.name(rule), true);
        expireUnderOtherNames(rule, exchange);
    }

    /** Removes one without the prefix, which would still be read for a while. */
    private void expireUnderOtherNames(CaptureRule rule, CookieExchange exchange) {
        companions.names(rule).stream()
                .filter(other -> !other.equals(companions.name(rule)) && SentCookies.contain(other, exchange))
                .forEach(other -> writer.expire(exchange, other, true));
    }

    /** Whether a backend's click stays when its lead is safe. */
    public boolean areKeptAfterLead(String backend) {
        return keptAfterLead.contains(backend);
    }

    /** Removes a click: the vendor's cookies and the companion, each with its twin. */
    public void expire(List<CaptureRule> rules, CookieExchange exchange) {
        for (CaptureRule rule : rules) {
            if (!rule.parameters().isEmpty() || SentCookies.contain(rule.cookie(), exchange)) {
                writer.expire(exchange, rule.cookie(), !rule.scriptReadable());
            }
            if (rule.landingCookie() != null && SentCookies.contain(rule.landingCookie(), exchange)) {
                writer.expire(exchange, rule.landingCookie(), !rule.scriptReadable());
            }
        }
        Map<String, CaptureRule> byCompanion = new LinkedHashMap<>();
        rules.forEach(rule -> byCompanion.putIfAbsent(rule.companionCookie(), rule));
        byCompanion.values().forEach(rule -> expireCompanion(rule, exchange));
    }

    /** Removes what a visitor wants kept no longer: those of a click's cookies that the request carries, each with its twin. */
    public void forget(List<CaptureRule> rules, CookieExchange exchange) {
        for (CaptureRule rule : rules) {
            expireSent(rule.cookie(), !rule.scriptReadable(), exchange);
            if (rule.landingCookie() != null) {
                expireSent(rule.landingCookie(), !rule.scriptReadable(), exchange);
            }
        }
        rules.stream()
                .map(CaptureRule::companionCookie)
                .distinct()
                .forEach(companion -> expireSent(companion, true, exchange));
    }

    private void expireSent(String cookie, boolean httpOnly, CookieExchange exchange) {
        if (SentCookies.contain(cookie, exchange)) {
            writer.expire(exchange, cookie, httpOnly);
        }
    }

    private static String encode(CaptureRule rule, String clickId) {
        return rule.encoding() == CookieEncoding.RAW ? clickId : PercentEncoding.encode(clickId);
    }
}
