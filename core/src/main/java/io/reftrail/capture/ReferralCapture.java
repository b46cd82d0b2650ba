package io.reftrail.capture;

import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.CapturedQuery.Rejected;
import io.reftrail.capture.ParameterScanner.Pair;
import io.reftrail.capture.ParameterScanner.Scan;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.RedactedFailure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The capture of clicks from a raw query string into cookies, for all backends. It does not depend on servlets: a filter
 * decides which requests are captured. Thread-safe.
 */
public final class ReferralCapture {

    /** The attribution model, for visitors who follow several links. */
    public enum AttributionModel {
        /** The newest click replaces the earlier one. */
        LAST_CLICK,
        /** The first click stays until its window ends. */
        FIRST_CLICK
    }

    private static final Logger logger = LoggerFactory.getLogger(ReferralCapture.class);

    private final List<CaptureRule> rules;
    private final CaptureListener listener;
    private final ParameterScanner scanner;
    private final ClickStore store;
    private final CookieHeader.NameSet cookieNames;

    /**
     * @param rules the rules of all active backends
     * @param cookies the cookies that store clicks
     * @param model the attribution model
     * @param listener is notified of the result for each parameter
     * @param clock the time of a click
     */
    public ReferralCapture(
            List<CaptureRule> rules,
            AttributionCookies cookies,
            AttributionModel model,
            CaptureListener listener,
            Clock clock) {
        this.rules = List.copyOf(rules);
        this.listener = listener;
        this.cookieNames = new CookieHeader.NameSet(rules.stream().flatMap(cookies::names));
        this.store = new ClickStore(rules, cookies, model, this::report, clock);
        this.scanner = new ParameterScanner(rules.stream()
                .flatMap(rule -> rule.parameters().stream())
                .distinct()
                .toList());
    }

    /** Returns the rules of all active backends, in the order of the search. */
    public List<CaptureRule> rules() {
        return rules;
    }

    /**
     * Reads a raw query string.
     *
     * @return the captured parameters, or {@code null}, without allocation, if there are none
     */
    public @Nullable CapturedQuery read(String rawQuery) {
        Scan scan = scanner.scan(rawQuery);
        return scan == null ? null : interpret(scan);
    }

    /**
     * Returns whether a raw {@code Cookie} header line names a cookie that may contain a click. Allocates nothing, so it can be
     * called for each request.
     */
    public boolean mayHoldClick(String cookieHeader) {
        return cookieNames.isIn(cookieHeader);
    }

    private CapturedQuery interpret(Scan scan) {
        List<CapturedClick> clicks = new ArrayList<>(1);
        List<Rejected> rejected = new ArrayList<>(0);
        for (CaptureRule rule : rules) {
            String rawValue = firstValue(rule, scan.pairs());
            if (rawValue != null
                    && clicks.stream().noneMatch(click -> click.rule().backend().equals(rule.backend()))) {
                interpret(rule, rawValue, clicks, rejected);
            }
        }
        Map<String, Integer> occurrences = new HashMap<>();
        scan.pairs().forEach(pair -> occurrences.merge(pair.name(), 1, Integer::sum));
        return new CapturedQuery(clicks, rejected, scan.remaining(), occurrences);
    }

    /** Returns the first value that is not empty, the empty string if all are empty, or {@code null} without the parameter. */
    private static @Nullable String firstValue(CaptureRule rule, List<Pair> pairs) {
        String value = null;
        for (String parameter : rule.parameters()) {
            for (Pair pair : pairs) {
                if (pair.name().equals(parameter) && (value == null || value.isEmpty())) {
                    value = pair.rawValue();
                }
            }
        }
        return value;
    }

    private static void interpret(
            CaptureRule rule, String rawValue, List<CapturedClick> clicks, List<Rejected> rejected) {
        if (rawValue.isEmpty()) {
            rejected.add(new Rejected(rule, CaptureResult.EMPTY));
            return;
        }
        String clickId = rawValue.length() > 3 * rule.maxLength() ? rawValue : PercentEncoding.decode(rawValue);
        if (clickId != null && rule.accepts(clickId)) {
            clicks.add(new CapturedClick(rule, clickId));
        } else {
            boolean tooLong = clickId != null && clickId.length() > rule.maxLength();
            rejected.add(new Rejected(rule, tooLong ? CaptureResult.TOO_LONG : CaptureResult.MALFORMED));
        }
    }

    /**
     * Stores a click in the visitor's cookies according to the attribution model, and notifies the listener.
     *
     * @param before the visitor's earlier click with its click id, if it has been exchanged and the visitor's cookie does not
     *     contain the id yet; or {@code null}
     * @param visit the landing
     * @return the click to report to the backend, or {@code null} if there is nothing to report: the URL carries the click id,
     *     the click is known, or the page is prefetched
     */
    public @Nullable Click store(
            CapturedClick click, @Nullable Attribution before, CookieExchange exchange, Visit visit) {
        return store.store(click, before, exchange, visit);
    }

    /** Notifies the listener of the result for a rule's parameter. Failures of the listener are logged. */
    public void report(CaptureRule rule, CaptureResult result) {
        try {
            listener.onCapture(rule.backend(), result);
        } catch (RuntimeException failure) {
            logger.warn("A capture listener failed", RedactedFailure.of(failure));
        }
    }
}
