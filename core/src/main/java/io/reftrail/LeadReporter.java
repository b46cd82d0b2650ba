package io.reftrail;

import io.reftrail.GivenCodes.Attributed;
import io.reftrail.TransactionalEnqueue.Batch;
import io.reftrail.TransactionalEnqueue.Result;
import io.reftrail.TransactionalEnqueue.Submission;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.AttributionCookies;
import io.reftrail.capture.CookieExchange;
import io.reftrail.journey.Touch;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.RedactedFailure;
import io.reftrail.policy.LeadPolicy.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reporter of leads: it reads the attributions of the request, compares the customer's age with the click, stores the lead in
 * the outbox and expires the click's cookie once the lead is stored. Its methods that report do not throw.
 */
final class LeadReporter {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final List<TrackingBackend> backends;
    private final TransactionalEnqueue enqueue;
    private final AttributionCookies cookies;
    private final ClickExchange clicks;
    private final FirstSignIns firstSignIns;
    private final LeadSettings settings;
    private final CustomerAge age;
    private final LeadPolicies policies;
    private final LeadListener listener;
    private final DecisionLog decisions;
    private final Clock clock;
    private final @Nullable Journeys journeys;
    private final GivenCodes codes;
    private final @Nullable Referrals referrals;
    private final AtomicBoolean hasLoggedUnknownAge = new AtomicBoolean();

    LeadReporter(
            List<TrackingBackend> backends,
            TransactionalEnqueue enqueue,
            AttributionCookies cookies,
            ClickExchange clicks,
            FirstSignIns firstSignIns,
            LeadSettings settings,
            LeadPolicies policies,
            LeadListener listener,
            DecisionLog decisions,
            Clock clock,
            @Nullable Journeys journeys,
            GivenCodes codes,
            @Nullable Referrals referrals) {
        this.backends = backends;
        this.enqueue = enqueue;
        this.cookies = cookies;
        this.clicks = clicks;
        this.firstSignIns = firstSignIns;
        this.settings = settings;
        this.age = new CustomerAge(settings);
        this.policies = policies;
        this.listener = listener;
        this.decisions = decisions;
        this.clock = clock;
        this.journeys = journeys;
        this.codes = codes;
        this.referrals = referrals;
    }

    /**
     * Returns whether customers of unknown age are held back now.
     *
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    boolean holdsUnknownAge() {
        return settings.trigger() == LeadTrigger.FIRST_SIGN_IN
                && settings.unknownAge() == LeadSettings.UnknownAge.HOLD
                && settings.cutOff() == null
                && !firstSignIns.areSeeded();
    }

    boolean reportsSignIns() {
        return settings.trigger() != LeadTrigger.SIGN_UP;
    }

    /** Reports a sign-in that the trigger may make a lead. */
    LeadReport signIn(CookieExchange exchange, Customer customer) {
        policies.rememberPartner(exchange, customer);
        List<Attribution> read = reportsSignIns() ? readAttributions(exchange) : List.of();
        Attributed attributed =
                reportsSignIns() && read != null ? codes.attribute(null, read, exchange) : Attributed.to(List.of());
        decisions.record(reason(exchange, read == null ? null : attributed.attributions()), null, exchange);
        LeadRequest request = LeadRequest.of(customer);
        LeadReport report =
                switch (settings.trigger()) {
                    case SIGN_UP -> LeadReport.NONE;
                    case EVERY_SIGN_IN -> {
                        if (journeys != null && (attributed.touch() != null || journeys.areIn(exchange))) {
                            journeys.signedUp(
                                    exchange,
                                    customer,
                                    attributed.touch(),
                                    age.latestTouch(customer, null, clock.instant()));
                        }
                        yield report(exchange, attributed, request.asRepeatable(), null);
                    }
                    case FIRST_SIGN_IN -> firstSignIn(exchange, attributed, request);
                };
        return report.withCode(attributed.status());
    }

    /** Remembers a sign-in that cannot be a lead, and records the reason. */
    void remember(Customer customer, SignInReason reason) {
        decisions.record(reportsSignIns() ? reason : SignInReason.TRIGGER_IS_SIGN_UP, null);
        remember(customer, LeadReport.NONE);
    }

    /** Reports a sign-up. */
    LeadReport lead(CookieExchange exchange, LeadRequest request) {
        Customer customer = request.customer();
        Attributed attributed = codes.attribute(request.referralCode(), attributions(exchange), exchange);
        LeadReport report = report(exchange, attributed, request, null);
        if (report.isEmpty()) {
            decisions.record(LeadStatus.NO_CLICK, null, exchange);
        }
        if (journeys != null) {
            journeys.signedUp(exchange, customer, attributed.touch(), age.latestTouch(customer, null, clock.instant()));
        }
        remember(customer, report);
        policies.rememberPartner(exchange, customer);
        return report.withCode(attributed.status());
    }

    /**
     * Reports a sign-up with an attribution that the application has stored.
     *
     * @param byHand whether the customer is attributed by hand, so that no policy is asked
     */
    LeadReport lead(Attribution given, LeadRequest request, boolean byHand) {
        Customer customer = request.customer();
        Attribution attribution = codes.asItsBackendTakesIt(given);
        for (TrackingBackend backend : backends) {
            if (attribution != null && backend.name().equals(attribution.backend())) {
                LeadStatus status = report(backend, attribution, List.of(), request, null, null, byHand);
                LeadReport report = LeadReport.of(backend.name(), status);
                remember(customer, report);
                return report;
            }
        }
        logger.warn("Refused a lead: the backend of its attribution is not active, or takes no codes");
        decisions.record(LeadStatus.REFUSED, null);
        return LeadReport.of(given.backend(), LeadStatus.REFUSED);
    }

    /** Returns the attributions that the request carries and that were not reported in it; empty if they cannot be read. */
    List<Attribution> attributions(CookieExchange exchange) {
        List<Attribution> attributions = readAttributions(exchange);
        return attributions == null ? List.of() : attributions;
    }

    private @Nullable List<Attribution> readAttributions(CookieExchange exchange) {
        List<Attribution> attributions = new ArrayList<>(backends.size());
        try {
            for (TrackingBackend backend : backends) {
                Attribution attribution =
                        exchange.isReported(backend.name()) ? null : cookies.read(backend.captureRules(), exchange);
                if (attribution != null) {
                    attributions.add(attribution);
                }
            }
            return attributions;
        } catch (RuntimeException failure) {
            logger.warn("Could not read the click cookies; they are kept", RedactedFailure.of(failure));
            return null;
        }
    }

    /** Expires the click cookies. Marks them as reported, because the request still has them. */
    void forgetClicks(CookieExchange exchange) {
        for (TrackingBackend backend : backends) {
            markReported(backend, exchange);
            try {
                cookies.forget(backend.captureRules(), exchange);
            } catch (RuntimeException failure) {
                logger.warn("Could not expire a visitor's click cookies", RedactedFailure.of(failure));
            }
        }
    }

    private SignInReason reason(CookieExchange exchange, @Nullable List<Attribution> attributions) {
        if (!reportsSignIns()) {
            return SignInReason.TRIGGER_IS_SIGN_UP;
        }
        if (attributions == null) {
            return SignInReason.FAILED;
        }
        if (!attributions.isEmpty()) {
            return SignInReason.EXAMINED;
        }
        try {
            boolean reported = backends.stream()
                    .anyMatch(backend -> exchange.isReported(backend.name())
                            || cookies.holdUsedClick(backend.captureRules(), exchange));
            return reported ? SignInReason.ALREADY_REPORTED : SignInReason.NO_CLICK;
        } catch (RuntimeException failure) {
            return SignInReason.FAILED;
        }
    }

    private LeadReport firstSignIn(CookieExchange exchange, Attributed attributed, LeadRequest request) {
        List<Attribution> attributions = attributed.attributions();
        Customer customer = request.customer();
        LeadReport report = LeadReport.NONE;
        if (!attributions.isEmpty()) {
            try {
                Instant now = clock.instant();
                boolean decides = attributions.stream()
                        .anyMatch(attribution ->
                                age.dependsOnFirstSignIn(active(attribution), attribution, customer, now));
                Instant firstSignIn = decides ? firstSignIns.find(customer) : null;
                report = isAgeUnknown(customer)
                        ? keepForLater(exchange, attributions, customer, firstSignIn)
                        : report(exchange, attributed, request, firstSignIn);
            } catch (RuntimeException failure) {
                logger.warn(
                        "Could not look up a customer's first sign-in; the cookie is kept for the next sign-in",
                        RedactedFailure.of(failure));
                report = notStored(attributions, exchange);
            }
        }
        if (journeys != null && (attributed.touch() != null || journeys.areIn(exchange))) {
            storeJourney(journeys, exchange, customer, attributed.touch());
        }
        remember(customer, report);
        return report;
    }

    private void storeJourney(Journeys stored, CookieExchange exchange, Customer customer, @Nullable Touch code) {
        try {
            if (isAgeUnknown(customer)) {
                stored.kept(JourneyReason.AGE_UNKNOWN);
            } else {
                Instant firstSignIn = firstSignIns.find(customer);
                stored.signedUp(exchange, customer, code, age.latestTouch(customer, firstSignIn, clock.instant()));
            }
        } catch (RuntimeException failure) {
            logger.warn(
                    "Could not look up a customer's first sign-in; the touches are kept", RedactedFailure.of(failure));
            stored.kept(JourneyReason.REFUSED);
        }
    }

    private boolean isAgeUnknown(Customer customer) {
        return customer.createdAt() == null && holdsUnknownAge();
    }

    /**
     * Does not report a customer of unknown age, because a first sign-in after the installation does not show that the customer is
     * new. The cookies are kept.
     * Marks the clicks as reported in this request, and warns once.
     */
    private LeadReport keepForLater(
            CookieExchange exchange, List<Attribution> attributions, Customer customer, @Nullable Instant firstSignIn) {
        Map<String, LeadStatus> statuses = new LinkedHashMap<>();
        for (Attribution attribution : attributions) {
            TrackingBackend backend = active(attribution);
            LeadStatus status = invalidFriendLink(backend, attribution, customer, exchange);
            if (status == null) {
                status = age.isExisting(backend, attribution, customer, firstSignIn, clock.instant())
                        ? LeadStatus.EXISTING_CUSTOMER
                        : LeadStatus.AGE_UNKNOWN;
            }
            statuses.put(backend.name(), status);
            recordAndNotify(backend.name(), status, exchange);
            markReported(backend, exchange);
        }
        if (statuses.containsValue(LeadStatus.AGE_UNKNOWN) && hasLoggedUnknownAge.compareAndSet(false, true)) {
            logger.warn(
                    "A customer with a partner's click signed in and is not reported, because nothing shows whether the customer is"
                            + " new: give customers createdAt, call seed(...) once with the existing customers, set lead.cut-off, or write"
                            + " lead.unknown-age=report if there are no older customers. The visitor keeps the cookie, so that the next"
                            + " sign-in can be reported. This is logged once.");
        }
        return new LeadReport(statuses);
    }

    private TrackingBackend active(Attribution attribution) {
        return backends.stream()
                .filter(backend -> backend.name().equals(attribution.backend()))
                .findFirst()
                .orElseThrow();
    }

    private LeadReport notStored(List<Attribution> attributions, CookieExchange exchange) {
        Map<String, LeadStatus> statuses = new LinkedHashMap<>();
        for (Attribution attribution : attributions) {
            statuses.put(attribution.backend(), LeadStatus.REFUSED);
            recordAndNotify(attribution.backend(), LeadStatus.REFUSED, exchange);
        }
        return new LeadReport(statuses);
    }

    /**
     * Remembers a sign-in if the customer could otherwise seem new at a later click. Does not remember it if a lead was refused:
     * the lead is tried again at the next sign-in, at which the customer must still count as new.
     */
    private void remember(Customer customer, LeadReport report) {
        if (!age.isKnownForLaterClicks(customer, clock.instant())
                && settings.trigger() == LeadTrigger.FIRST_SIGN_IN
                && report.refused().isEmpty()) {
            try {
                firstSignIns.remember(customer);
            } catch (RuntimeException failure) {
                logger.warn("Could not remember a customer's first sign-in", RedactedFailure.of(failure));
            }
        }
    }

    private LeadReport report(
            CookieExchange exchange, Attributed attributed, LeadRequest request, @Nullable Instant firstSignIn) {
        Map<String, LeadStatus> statuses = new LinkedHashMap<>();
        for (Attribution attribution : attributed.attributions()) {
            TrackingBackend backend = active(attribution);
            LeadStatus status =
                    report(backend, attribution, attributed.displaced(), request, firstSignIn, exchange, false);
            statuses.put(backend.name(), status);
            if (status != LeadStatus.REFUSED) {
                attributed.displaced().forEach(click -> markReported(active(click), exchange));
            }
            if (status == LeadStatus.EXISTING_CUSTOMER || (request.repeatable() && status != LeadStatus.REFUSED)) {
                markReported(backend, exchange);
            }
        }
        return new LeadReport(statuses);
    }

    private static void markReported(TrackingBackend backend, CookieExchange exchange) {
        try {
            exchange.markReported(backend.name());
        } catch (RuntimeException failure) {
            logger.warn("Could not mark a click as reported in its request", RedactedFailure.of(failure));
        }
    }

    /**
     * Reports one customer to one backend.
     *
     * @param displaced clicks at other backends that are used up with this lead
     * @param firstSignIn the customer's first sign-in before this one, or {@code null} if unknown
     * @param exchange the visitor's request, or {@code null}
     * @param byHand whether no policy is asked
     */
    private LeadStatus report(
            TrackingBackend backend,
            Attribution attribution,
            List<Attribution> displaced,
            LeadRequest request,
            @Nullable Instant firstSignIn,
            @Nullable CookieExchange exchange,
            boolean byHand) {
        LeadStatus status;
        Verdict verdict = Verdict.accept();
        try {
            Instant now = clock.instant();
            LeadStatus invalid = invalidFriendLink(backend, attribution, request.customer(), exchange);
            if (invalid != null) {
                status = invalid;
            } else if (age.isExisting(backend, attribution, request.customer(), firstSignIn, now)) {
                status = LeadStatus.EXISTING_CUSTOMER;
            } else {
                verdict = byHand ? verdict : policies.judge(attribution, request.customer(), exchange);
                status = LeadStatus.of(
                        enqueue.enqueue(submission(backend, attribution, displaced, request, exchange, verdict, now)));
            }
        } catch (RuntimeException failure) {
            logger.warn("Could not report a lead; the visitor's cookie is kept", RedactedFailure.of(failure));
            status = LeadStatus.REFUSED;
        }
        recordAndNotify(backend.name(), status, verdict, exchange);
        return status;
    }

    /**
     * Returns the reason why a friend's link is not attributed, or {@code null} if it is. Expires the cookie of a refused link,
     * so that a second account in this browser is not attributed to it either.
     *
     * @throws io.reftrail.outbox.OutboxException if the outbox cannot be reached
     */
    private @Nullable LeadStatus invalidFriendLink(
            TrackingBackend backend, Attribution attribution, Customer customer, @Nullable CookieExchange exchange) {
        LeadStatus invalid = referrals == null ? null : referrals.invalidLink(attribution, customer);
        if (invalid != null && exchange != null) {
            markReported(backend, exchange);
            cookies.expire(backend.captureRules(), exchange);
        }
        return invalid;
    }

    private void recordAndNotify(
            String backend, LeadStatus status, Verdict verdict, @Nullable CookieExchange exchange) {
        if (status == LeadStatus.HELD || status == LeadStatus.DECLINED) {
            decisions.record(new PolicyText(verdict.reason()), backend, exchange);
        }
        recordAndNotify(backend, status, exchange);
    }

    /** The reason that a policy has given. */
    private record PolicyText(String text) implements Decision.Reason {

        @Override
        public Decision.Stage stage() {
            return Decision.Stage.POLICY;
        }

        @Override
        public String name() {
            return text;
        }
    }

    private void recordAndNotify(String backend, LeadStatus status, @Nullable CookieExchange exchange) {
        decisions.record(status, backend, exchange);
        listener.onLead(backend, status);
    }

    /**
     * Returns the submission of one lead. A lead whose click is still being exchanged is stored with that click, which the outbox
     * stores once. A repeated lead has a key of its own; the first one has the usual key, by which sales find it.
     */
    private Submission submission(
            TrackingBackend backend,
            Attribution attribution,
            List<Attribution> displaced,
            LeadRequest request,
            @Nullable CookieExchange exchange,
            Verdict verdict,
            Instant now) {
        List<Event> events = new ArrayList<>(2);
        Customer customer = request.customer().only(settings.include());
        Lead lead = Lead.of(attribution, customer, backend.leadEventName(), now).withMetadata(request.metadata());
        if (attribution.clickKey() != null) {
            Click click = clicks.followed(backend, attribution, exchange);
            events.add(click);
            lead = lead.following(click.deduplicationKey());
        }
        events.add(lead);
        Batch batch = new Batch(events, request.repeatable() ? lead.repeatable() : null, verdict);
        return new Submission() {
            @Override
            public Batch batch() {
                return batch;
            }

            @Override
            public void completed(Result result, boolean afterReturn) {
                try {
                    if (result.isStored()) {
                        expireCookies(backend, attribution, exchange, request.repeatable());
                        displaced.forEach(click -> displace(click, exchange));
                    }
                } finally {
                    if (afterReturn) {
                        recordAndNotify(backend.name(), LeadStatus.of(result), verdict, exchange);
                    }
                }
            }
        };
    }

    /** Runs after the commit, because a transaction that is rolled back may be tried again in the same request. */
    private void expireCookies(
            TrackingBackend backend, Attribution attribution, @Nullable CookieExchange exchange, boolean repeatable) {
        if (attribution.clickKey() != null) {
            clicks.used(attribution);
        }
        if (exchange != null && (repeatable || !exchange.isReported(backend.name()))) {
            exchange.markReported(backend.name());
            if (!cookies.areKeptAfterLead(backend.name())) {
                cookies.expire(backend.captureRules(), exchange);
            }
        }
    }

    /** Expires the cookies of a click that a code replaces, so that no later sign-in reports it. */
    private void displace(Attribution click, @Nullable CookieExchange exchange) {
        if (click.clickKey() != null) {
            clicks.used(click);
        }
        if (exchange != null) {
            cookies.expire(active(click).captureRules(), exchange);
        }
    }
}
