package io.reftrail;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.AttributionCookies;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.capture.CookieExchange;
import io.reftrail.delivery.DeliveryReason;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The exchange of partner codes for click ids. A landing leaves its click to the {@link BackgroundExecutor}; a later request hands
 * the click id over to the browser once it is known. A click that is lost on the way is created again from the visitor's cookie
 * when the visitor signs up. No method waits.
 */
final class ClickExchange {

    private final Outbox outbox;
    private final AttributionCookies cookies;
    private final BackgroundExecutor background;
    private final ExchangedClickCache results;
    private final DecisionLog decisions;
    private final Clock clock;
    private final Map<String, Click> waiting = new ConcurrentHashMap<>();

    ClickExchange(
            Outbox outbox,
            AttributionCookies cookies,
            BackgroundExecutor background,
            ExchangedClickCache results,
            DecisionLog decisions,
            Clock clock) {
        this.outbox = outbox;
        this.cookies = cookies;
        this.background = background;
        this.results = results;
        this.decisions = decisions;
        this.clock = clock;
    }

    /** Stores the click of a landing in the background. */
    void report(TrackingBackend backend, Click click) {
        String key = click.deduplicationKey();
        Click landed = backend.redact(click);
        waiting.put(key, landed);
        boolean soon = background.run(() -> {
            try {
                outbox.offer(landed);
            } catch (RuntimeException failure) {
                notStored(click);
                throw failure;
            } finally {
                waiting.remove(key);
            }
        });
        if (!soon) {
            waiting.remove(key);
            notStored(click);
        }
    }

    private void notStored(Click click) {
        decisions.recordAt(DeliveryReason.NOT_STORED, click.backend(), DecisionLog.type(click));
    }

    /**
     * Returns the click of a pending attribution, for the lead that follows it: the one that waits to be stored, or the same
     * click created again from the visitor's cookies. The outbox stores it once.
     */
    Click followed(TrackingBackend backend, Attribution pending, @Nullable CookieExchange exchange) {
        Click landed = waiting.get(key(pending));
        return landed == null ? backend.redact(recreate(backend, pending, exchange)) : landed;
    }

    private Click recreate(TrackingBackend backend, Attribution pending, @Nullable CookieExchange exchange) {
        String landing = exchange == null
                ? null
                : exchanging(backend).stream()
                        .map(rule -> landing(rule, pending, exchange))
                        .filter(address -> address != null)
                        .findFirst()
                        .orElse(null);
        return new Click(
                pending,
                String.valueOf(pending.detail(Attribution.CODE)),
                landing,
                null,
                exchange == null ? null : exchange.visitor().userAgent(),
                exchange == null ? null : exchange.visitor().ipAddress(),
                Map.of(),
                pending.clickedAt() == null ? clock.instant() : pending.clickedAt());
    }

    /**
     * Returns the address of the landing. A code that was given without a link has none. A vendor that reads the code from the
     * address then gets the partner's link to the site.
     */
    private @Nullable String landing(CaptureRule rule, Attribution pending, CookieExchange exchange) {
        String code = pending.detail(Attribution.GIVEN) == null ? null : pending.detail(Attribution.CODE);
        String host = exchange.host();
        if (code == null) {
            return cookies.landing(rule, exchange);
        }
        return rule.landingCookie() == null || host == null
                ? null
                : (exchange.isSecure() ? "https://" : "http://")
                        + host
                        + "/?"
                        + rule.parameters().get(0)
                        + "="
                        + URLEncoder.encode(code, StandardCharsets.UTF_8);
    }

    /** Sets the cookie of the click id that the visitor's click was exchanged for, if it is known. */
    void handOver(TrackingBackend backend, CookieExchange exchange) {
        for (CaptureRule rule : exchanging(backend)) {
            Attribution pending = cookies.readPending(rule, exchange);
            LedgerEntry result = pending == null ? null : results.find(key(pending));
            if (result == null || result.verdict() == null) {
                continue;
            }
            if (hasClickId(result)) {
                cookies.handOver(rule, result.attribution(), clock.instant(), exchange);
            } else {
                cookies.withdraw(rule, exchange);
            }
        }
    }

    /** Returns the exchanged click that a landing replaces, if its click id is known and was not handed over yet. */
    @Nullable
    Attribution exchangedBefore(CaptureRule rule, CookieExchange exchange) {
        Attribution pending = cookies.readPending(rule, exchange);
        LedgerEntry result = pending == null ? null : results.find(key(pending));
        return result != null && hasClickId(result) ? result.attribution() : null;
    }

    /** A click that is not attributed has at most the click id of the one before it. */
    private static boolean hasClickId(LedgerEntry result) {
        boolean counts = result.verdict() == Verdict.RECORDED || result.verdict() == Verdict.DUPLICATE;
        return counts && !result.attribution().awaitsClickId();
    }

    /** Notes that the lead of a click is stored, so that its click id is no longer handed over, unless its cookies are kept. */
    void used(Attribution pending) {
        if (!cookies.areKeptAfterLead(pending.backend())) {
            results.hide(key(pending));
        }
    }

    /** Removes the results of all clicks. */
    void forgetResults() {
        results.clear();
    }

    private static String key(Attribution pending) {
        return Click.deduplicationKey(pending.backend(), String.valueOf(pending.clickKey()));
    }

    static List<CaptureRule> exchanging(TrackingBackend backend) {
        return backend.captureRules().stream()
                .filter(rule -> rule.meaning() == Meaning.EXCHANGED_CODE)
                .toList();
    }
}
