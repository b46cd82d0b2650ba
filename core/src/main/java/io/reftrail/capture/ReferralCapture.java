package io.reftrail.capture;

import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.CapturedQuery.Rejected;
import io.reftrail.capture.ParameterScanner.Part;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.RedactedFailure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The capture of clicks for all backends: it reads them from a raw query string and stores them in cookies. It does not depend on
 * servlets. Thread-safe.
 */
public final class ReferralCapture {

    /** The choice of the click that is attributed when a visitor follows several links. */
    public enum ClickModel {
        /** The newest click replaces the earlier one. */
        LAST_CLICK,
        /** The existing click is kept until its window ends. */
        FIRST_CLICK
    }

    private static final Logger logger = LoggerFactory.getLogger(ReferralCapture.class);

    private final List<CaptureRule> rules;
    private final AttributionCookies cookies;
    private final CaptureListener listener;
    private final ParameterScanner scanner;
    private final ClickStore clickStore;
    private final CookieHeader.NameSet cookieNames;

    /**
     * Creates an instance.
     *
     * @param rules the rules of all active backends
     * @param cookies where clicks are stored
     * @param model which click is attributed
     * @param listener the listener that is notified of the result for each parameter
     * @param clock the time of a click
     */
    public ReferralCapture(
            List<CaptureRule> rules,
            AttributionCookies cookies,
            ClickModel model,
            CaptureListener listener,
            Clock clock) {
        this(rules, cookies, model, listener, clock, null);
    }

    /**
     * Creates an instance for a site that captures touches too.
     *
     * @param touches the capture whose cookie {@link #mayHoldClick} also looks for, or {@code null}
     */
    public ReferralCapture(
            List<CaptureRule> rules,
            AttributionCookies cookies,
            ClickModel model,
            CaptureListener listener,
            Clock clock,
            @Nullable TouchCapture touches) {
        this.rules = List.copyOf(rules);
        this.cookies = cookies;
        this.listener = listener;
        this.cookieNames = new CookieHeader.NameSet(Stream.concat(
                rules.stream().flatMap(cookies::names),
                Stream.ofNullable(touches).map(TouchCapture::cookieName)));
        this.clickStore = new ClickStore(rules, cookies, model, this::report, clock);
        this.scanner = new ParameterScanner(rules.stream()
                .flatMap(rule -> rule.parameters().stream())
                .distinct()
                .toList());
    }

    /** Returns the rules of all active backends, in the order in which they are applied. */
    public List<CaptureRule> rules() {
        return rules;
    }

    /** Returns whether browsers store the cookies on encrypted connections only, whatever the request's connection is. */
    public boolean needsEncryptedConnection() {
        return cookies.areAlwaysSecure();
    }

    /** Returns the domain that the cookies are set for, or {@code null} for the host of the request. */
    public @Nullable String cookieDomain() {
        return cookies.domain();
    }

    /** Returns whether a raw query string contains a captured parameter. Allocates nothing. */
    public boolean mayHoldParameter(String rawQuery) {
        return scanner.isIn(rawQuery);
    }

    /** Reads the raw query string of a {@linkplain RequestKind#NAVIGATION navigation}; see {@link #read(String, RequestKind)}. */
    public @Nullable CapturedQuery read(String rawQuery) {
        return read(rawQuery, RequestKind.NAVIGATION);
    }

    /**
     * Reads a raw query string. Parameters whose {@linkplain PartnerCodes#isGeneric name is generic} are captured only in
     * navigations; others are captured unless the request is known not to be a visit.
     *
     * @param rawQuery the query, undecoded
     * @param kind the kind of the request
     * @return what was captured, or {@code null} if the query contains no captured parameter
     */
    public @Nullable CapturedQuery read(String rawQuery, RequestKind kind) {
        List<Part> parts = scanner.scan(rawQuery);
        return parts == null ? null : new Reading(rawQuery, parts, kind).result();
    }

    /**
     * Returns whether a raw {@code Cookie} header line contains a cookie that can hold a click or touches. Allocates nothing, so
     * that it can be called for each request.
     */
    public boolean mayHoldClick(String cookieHeader) {
        return cookieNames.isIn(cookieHeader);
    }

    /**
     * Stores a click in the visitor's cookies by the attribution model and notifies the listener.
     *
     * @param before the visitor's click before this one, with its click id, if it has been exchanged and the visitor's cookie does not
     *     have its id yet; or {@code null}
     * @param visit the landing
     * @return the result, and the click to report to the backend
     */
    public Stored store(CapturedClick click, @Nullable Attribution before, CookieExchange exchange, Visit visit) {
        return clickStore.store(click, before, exchange, visit);
    }

    /** Notifies the listener of the result for a rule's parameter. Failures of the listener are logged. */
    public void report(CaptureRule rule, CaptureResult result) {
        try {
            listener.onCapture(rule.backend(), result);
        } catch (RuntimeException failure) {
            logger.warn("A capture listener failed", RedactedFailure.of(failure));
        }
    }

    /**
     * A stored click.
     *
     * @param result what was done
     * @param click the click to report to the backend, or {@code null} if there is none to report: because the URL carries the
     *     click id, because the click is already known, or because the page is prefetched
     */
    public record Stored(CaptureResult result, @Nullable Click click) {}

    /** The reading of one query. */
    private final class Reading {

        private final String query;
        private final List<Part> parts;
        private final RequestKind kind;
        private final boolean[] removed;
        private final List<CapturedClick> clicks = new ArrayList<>(1);
        private final List<Rejected> rejected = new ArrayList<>(0);

        Reading(String query, List<Part> parts, RequestKind kind) {
            this.query = query;
            this.parts = parts;
            this.kind = kind;
            this.removed = new boolean[parts.size()];
        }

        CapturedQuery result() {
            for (CaptureRule rule : rules) {
                apply(rule);
            }
            Map<String, Integer> names = new HashMap<>();
            for (int i = 0; i < removed.length; i++) {
                Part part = parts.get(i);
                removed[i] |= part.name() != null && !PartnerCodes.isGeneric(part.name());
                if (removed[i]) {
                    names.merge(part.rawName(), 1, Integer::sum);
                }
            }
            return new CapturedQuery(clicks, rejected, ParameterScanner.without(query, parts, removed), names);
        }

        /** Takes the first usable value; without one, rejects the rule for the reason of the first value that is not empty. */
        private void apply(CaptureRule rule) {
            CaptureResult reason = null;
            for (String parameter : rule.parameters()) {
                for (int i = 0; i < removed.length; i++) {
                    if (parameter.equals(parts.get(i).name())) {
                        LinkValue value = LinkValue.of(rule, parts.get(i), kind);
                        if (value.problem() == null) {
                            removed[i] = true;
                            take(rule, value.text());
                            return;
                        }
                        reason = reason == null || reason == CaptureResult.EMPTY ? value.problem() : reason;
                    }
                }
            }
            if (reason != null && !isCaptured(rule.backend())) {
                rejected.add(new Rejected(rule, reason));
            }
        }

        private void take(CaptureRule rule, String clickId) {
            if (!isCaptured(rule.backend())) {
                clicks.add(new CapturedClick(rule, clickId));
            }
        }

        private boolean isCaptured(String backend) {
            for (CapturedClick click : clicks) {
                if (click.rule().backend().equals(backend)) {
                    return true;
                }
            }
            return false;
        }
    }
}
