package io.reftrail.capture;

import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.ParameterScanner.Part;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.capture.ReferralCapture.Stored;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The store of clicks, which applies the attribution model to a landing: it stores the click in the visitor's cookies, and
 * creates the {@link Click} to report where the backend expects one.
 */
final class ClickStore {

    /** The time within which the same click again is a repetition: a reload, or a redirect by the application. */
    private static final Duration REPETITION = Duration.ofSeconds(10);

    private final Map<String, List<CaptureRule>> rules;
    private final Map<CaptureRule, ParameterScanner> forwardedParameters = new HashMap<>();
    private final AttributionCookies cookies;
    private final ClickModel model;
    private final BiConsumer<CaptureRule, CaptureResult> listener;
    private final Clock clock;

    ClickStore(
            List<CaptureRule> rules,
            AttributionCookies cookies,
            ClickModel model,
            BiConsumer<CaptureRule, CaptureResult> listener,
            Clock clock) {
        this.rules = rules.stream().collect(Collectors.groupingBy(CaptureRule::backend));
        rules.stream()
                .filter(rule -> !rule.forwarded().isEmpty())
                .forEach(rule -> forwardedParameters.put(rule, new ParameterScanner(rule.forwarded())));
        this.cookies = cookies;
        this.model = model;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Stores a click.
     *
     * @param before the visitor's click before this one, if it has been exchanged and its id is not in the vendor's cookie yet
     * @return the result, and the click to report
     */
    Stored store(CapturedClick click, @Nullable Attribution before, CookieExchange exchange, Visit visit) {
        CaptureRule rule = click.rule();
        if (rule.meaning() == Meaning.CLICK_ID && cookies.isUsed(rule, click.clickId(), exchange)) {
            listener.accept(rule, CaptureResult.USED);
            return new Stored(CaptureResult.USED, null);
        }
        Attribution present = cookies.read(rules.getOrDefault(rule.backend(), List.of(rule)), exchange);
        boolean same = present != null && isSame(rule, click.clickId(), present);
        boolean kept = present != null
                && (model == ClickModel.FIRST_CLICK
                        || (same && isExchanged(rule, present))
                        || (!same && rule.isUnrecorded(exchange.visitor().userAgent())));
        Instant now = clock.instant();
        CaptureResult result = result(same ? present : null, kept, visit, now);
        listener.accept(rule, result);
        Instant first = present != null && same && present.clickedAt() != null ? present.clickedAt() : now;
        Attribution pending = kept ? null : writeCookies(click, same ? present : null, before, first, exchange, visit);
        Attribution reported = rule.meaning() == Meaning.COUNTED_CODE ? counted(click, first) : pending;
        Click landed = reported == null || visit.prefetch()
                ? null
                : new Click(
                        reported,
                        click.clickId(),
                        visit.url(),
                        visit.referrer(),
                        exchange.visitor().userAgent(),
                        exchange.visitor().ipAddress(),
                        forwarded(rule, visit.rawQuery()),
                        now);
        return new Stored(result, landed);
    }

    private static CaptureResult result(@Nullable Attribution same, boolean kept, Visit visit, Instant now) {
        if (visit.prefetch() && !kept) {
            return CaptureResult.PREFETCHED;
        }
        Instant before = same == null ? null : same.clickedAt();
        if (before != null && now.isBefore(before.plus(REPETITION)) && !before.isAfter(now)) {
            return CaptureResult.REPEATED;
        }
        if (kept) {
            return CaptureResult.KEPT;
        }
        return same == null ? CaptureResult.CAPTURED : CaptureResult.RENEWED;
    }

    private static boolean isSame(CaptureRule rule, String captured, Attribution present) {
        if (rule.meaning() == Meaning.EXCHANGED_CODE) {
            return captured.equals(present.detail(Attribution.CODE));
        }
        return present.clickKey() == null && captured.equals(present.clickId());
    }

    /**
     * Another visit through a partner's link is not a new click once the click has its id (docs/contracts/affitor.md, section 2).
     */
    private static boolean isExchanged(CaptureRule rule, Attribution present) {
        return rule.meaning() == Meaning.EXCHANGED_CODE && present.clickKey() == null;
    }

    private static Attribution counted(CapturedClick click, Instant first) {
        String key = UUID.randomUUID().toString();
        return new Attribution(
                click.rule().backend(), click.clickId(), first, key, Map.of(Attribution.CODE, click.clickId()));
    }

    /**
     * Writes the cookies of a click and returns it if it has to be exchanged. A code that is already being exchanged is reported again under the
     * same key, in case the first report was lost.
     */
    private @Nullable Attribution writeCookies(
            CapturedClick click,
            @Nullable Attribution same,
            @Nullable Attribution before,
            Instant first,
            CookieExchange exchange,
            Visit visit) {
        CaptureRule rule = click.rule();
        if (rule.meaning() != Meaning.EXCHANGED_CODE) {
            cookies.store(rule, click.clickId(), first, exchange);
            return null;
        }
        Attribution pending = same == null ? exchanging(click, before, first, exchange) : same;
        cookies.storePending(rule, pending, visit.url(), exchange);
        return pending;
    }

    private Attribution exchanging(
            CapturedClick click, @Nullable Attribution before, Instant now, CookieExchange exchange) {
        CaptureRule rule = click.rule();
        if (before != null) {
            cookies.storeBefore(rule, before, now, exchange);
        }
        Attribution kept = before == null ? cookies.read(rule, exchange) : before;
        Map<String, String> details = AttributionCookieReader.told(rule, kept == null ? Map.of() : kept.details());
        details.put(Attribution.CODE, click.clickId());
        return new Attribution(
                rule.backend(),
                kept == null ? null : kept.clickId(),
                now,
                UUID.randomUUID().toString(),
                details);
    }

    private Map<String, String> forwarded(CaptureRule rule, @Nullable String query) {
        ParameterScanner scanner = forwardedParameters.get(rule);
        List<Part> parts = scanner == null || query == null ? null : scanner.scan(query);
        if (parts == null) {
            return Map.of();
        }
        Map<String, String> values = new TreeMap<>();
        for (Part part : parts) {
            String value = part.name() == null ? null : PercentEncoding.decode(part.rawValue());
            if (part.name() != null && value != null && !value.isEmpty()) {
                values.putIfAbsent(part.name(), value);
            }
        }
        return values;
    }
}
