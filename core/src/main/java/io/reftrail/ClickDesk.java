package io.reftrail;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.AttributionCookies;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.capture.CookieExchange;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings clicks to their backend and click ids back to the visitor's browser, without a request ever waiting for either: a
 * landing leaves its click to the {@link Background}, and a later request takes home what is known by then. A click that is
 * lost on the way is made anew, from the visitor's cookie, when the visitor signs up.
 */
final class ClickDesk {

    private final Outbox outbox;
    private final AttributionCookies cookies;
    private final Background background;
    private final ClickResults results;
    private final Clock clock;
    private final Map<String, Click> waiting = new ConcurrentHashMap<>();

    ClickDesk(Outbox outbox, AttributionCookies cookies, Background background, ClickResults results, Clock clock) {
        this.outbox = outbox;
        this.cookies = cookies;
        this.background = background;
        this.results = results;
        this.clock = clock;
    }

    /** Takes the click of a landing. Never waits and never throws. */
    void take(TrackingBackend backend, Click click) {
        String key = click.deduplicationKey();
        Click landed = backend.minimised(click);
        waiting.put(key, landed);
        boolean soon = background.run(() -> {
            try {
                outbox.offer(landed);
            } finally {
                waiting.remove(key);
            }
        });
        if (!soon) {
            waiting.remove(key);
        }
    }

    /**
     * Returns the click of a pending attribution, for a lead that follows it: the one that is still on its way, or the same
     * made anew from what the visitor's cookies say. The outbox takes it once, whoever brings it.
     */
    Click followed(TrackingBackend backend, Attribution pending, @Nullable CookieExchange exchange) {
        Click landed = waiting.get(key(pending));
        return landed == null ? backend.minimised(anew(backend, pending, exchange)) : landed;
    }

    private Click anew(TrackingBackend backend, Attribution pending, @Nullable CookieExchange exchange) {
        String landing = exchange == null
                ? null
                : exchanging(backend).stream()
                        .map(rule -> cookies.landing(rule, exchange))
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

    /** Gives the browser the click id that its click was exchanged for, if that is known by now. */
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

    /** Returns the exchanged click that a landing is about to replace, if its click id is known and not handed over yet. */
    @Nullable
    Attribution exchangedBefore(CaptureRule rule, CookieExchange exchange) {
        Attribution pending = cookies.readPending(rule, exchange);
        LedgerEntry result = pending == null ? null : results.find(key(pending));
        return result != null && hasClickId(result) ? result.attribution() : null;
    }

    /** A click that counts for nobody has at most the id of the one before it. */
    private static boolean hasClickId(LedgerEntry result) {
        boolean counts = result.verdict() == Verdict.RECORDED || result.verdict() == Verdict.DUPLICATE;
        return counts && !result.attribution().awaitsClickId();
    }

    /** The lead of this click is safe: nothing of it is brought home any more, unless its cookies stay. */
    void used(Attribution pending) {
        if (!cookies.areKeptAfterLead(pending.backend())) {
            results.used(key(pending));
        }
    }

    /** Forgets what is known of clicks. */
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
