package io.reftrail;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.AttributionCookies;
import io.reftrail.capture.CookieExchange;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes leads of what visitors carry in their cookies, one for each backend. Never throws. */
final class VisitorLeads {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final List<TrackingBackend> backends;
    private final AttributionCookies cookies;
    private final LeadIntake leads;
    private final KnownCustomers known;
    private final LeadTrigger trigger;
    private final DecisionLog decisions;

    VisitorLeads(
            List<TrackingBackend> backends,
            AttributionCookies cookies,
            LeadIntake leads,
            KnownCustomers known,
            LeadTrigger trigger,
            DecisionLog decisions) {
        this.backends = backends;
        this.cookies = cookies;
        this.leads = leads;
        this.known = known;
        this.trigger = trigger;
        this.decisions = decisions;
    }

    List<Attribution> attributions(CookieExchange exchange) {
        List<Attribution> attributions = new ArrayList<>(backends.size());
        try {
            for (TrackingBackend backend : backends) {
                Attribution attribution = attribution(backend, exchange);
                if (attribution != null) {
                    attributions.add(attribution);
                }
            }
        } catch (RuntimeException failure) {
            logger.warn("The visitor's cookies could not be read", RedactedFailure.of(failure));
        }
        return attributions;
    }

    private @Nullable Attribution attribution(TrackingBackend backend, CookieExchange exchange) {
        return exchange.isReported(backend.name()) ? null : cookies.read(backend.captureRules(), exchange);
    }

    /** The cookies still stand in the request, so they are marked as if they had been reported. */
    void forget(CookieExchange exchange) {
        try {
            for (TrackingBackend backend : backends) {
                cookies.forget(backend.captureRules(), exchange);
                exchange.markReported(backend.name());
            }
        } catch (RuntimeException failure) {
            logger.warn("A visitor's click could not be forgotten", RedactedFailure.of(failure));
        }
    }

    LeadReport lead(CookieExchange exchange, LeadRequest request) {
        LeadReport report = lead(exchange, request, request.customer().createdAt());
        if (report.isEmpty()) {
            decisions.record(LeadStatus.NO_CLICK, null, null);
        }
        meet(request.customer(), report);
        return report;
    }

    LeadReport lead(Attribution attribution, LeadRequest request) {
        for (TrackingBackend backend : backends) {
            if (backend.name().equals(attribution.backend())) {
                Customer customer = request.customer();
                LeadStatus status = leads.take(backend, attribution, request, customer.createdAt(), null, () -> {});
                LeadReport report = LeadReport.of(backend.name(), status);
                meet(customer, report);
                return report;
            }
        }
        logger.warn("Refused a lead: the backend of its attribution is not active");
        return LeadReport.of(attribution.backend(), LeadStatus.REFUSED);
    }

    /**
     * Whoever has signed up or in is a customer from now on, unless that has to be tried again: then a later click must not
     * come too late.
     */
    void meet(Customer customer, LeadReport report) {
        if (trigger == LeadTrigger.FIRST_SIGN_IN && report.refused().isEmpty()) {
            try {
                known.meet(customer);
            } catch (RuntimeException failure) {
                logger.warn("A customer cannot be remembered", RedactedFailure.of(failure));
            }
        }
    }

    boolean reportsSignIns() {
        return trigger != LeadTrigger.SIGN_UP;
    }

    void signIn(Customer customer) {
        decisions.record(SignInReason.NO_REQUEST, null, null);
        meet(customer, LeadReport.NONE);
    }

    LeadReport signIn(CookieExchange exchange, Customer customer) {
        decisions.record(reason(exchange), null, null);
        LeadRequest request = LeadRequest.of(customer);
        return switch (trigger) {
            case SIGN_UP -> LeadReport.NONE;
            case EVERY_SIGN_IN -> lead(exchange, request.repeated());
            case FIRST_SIGN_IN -> firstSignIn(exchange, request);
        };
    }

    private SignInReason reason(CookieExchange exchange) {
        if (trigger == LeadTrigger.SIGN_UP) {
            return SignInReason.TRIGGER_IS_SIGN_UP;
        }
        if (!attributions(exchange).isEmpty()) {
            return SignInReason.EXAMINED;
        }
        try {
            boolean reported = backends.stream().anyMatch(backend -> exchange.isReported(backend.name()));
            return reported ? SignInReason.ALREADY_REPORTED : SignInReason.NO_CLICK;
        } catch (RuntimeException failure) {
            return SignInReason.FAILED; // the log has it from the attempt to read the attributions
        }
    }

    private LeadReport firstSignIn(CookieExchange exchange, LeadRequest request) {
        Customer customer = request.customer();
        LeadReport report = LeadReport.NONE;
        if (!attributions(exchange).isEmpty()) {
            try {
                report = lead(exchange, request, known.since(customer));
            } catch (RuntimeException failure) {
                logger.warn(
                        "A customer could not be looked up; the visitor's cookie stays for the next sign-in",
                        RedactedFailure.of(failure));
                report = refused(exchange);
            }
        }
        meet(customer, report);
        return report;
    }

    private LeadReport refused(CookieExchange exchange) {
        Map<String, LeadStatus> statuses = new LinkedHashMap<>();
        attributions(exchange).forEach(attribution -> statuses.put(attribution.backend(), LeadStatus.REFUSED));
        statuses.keySet().forEach(backend -> leads.tell(backend, LeadStatus.REFUSED));
        return new LeadReport(statuses);
    }

    private LeadReport lead(CookieExchange exchange, LeadRequest request, @Nullable Instant since) {
        boolean repeatable = request.repeatable();
        Map<String, LeadStatus> statuses = new LinkedHashMap<>();
        try {
            for (TrackingBackend backend : backends) {
                Attribution attribution = attribution(backend, exchange);
                if (attribution != null) {
                    Runnable whenSafe = () -> safe(backend, exchange, repeatable);
                    LeadStatus status = leads.take(backend, attribution, request, since, exchange, whenSafe);
                    statuses.put(backend.name(), status);
                    if (status == LeadStatus.EXISTING_CUSTOMER || (repeatable && status != LeadStatus.REFUSED)) {
                        exchange.markReported(backend.name());
                    }
                }
            }
        } catch (RuntimeException failure) {
            logger.warn(
                    "The visitor's cookies could not be read; they stay for the next try", RedactedFailure.of(failure));
        }
        return new LeadReport(statuses);
    }

    /** Not before the commit, because a transaction that is rolled back may be tried again within one request. */
    private void safe(TrackingBackend backend, CookieExchange exchange, boolean repeatable) {
        if (repeatable || !exchange.isReported(backend.name())) {
            exchange.markReported(backend.name());
            if (!cookies.areKeptAfterLead(backend.name())) {
                cookies.expire(backend.captureRules(), exchange);
            }
        }
    }
}
