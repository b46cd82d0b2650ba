package io.reftrail;

import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.PartnerCookie;
import io.reftrail.capture.Visitor;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.RedactedFailure;
import io.reftrail.policy.LeadPolicy;
import io.reftrail.policy.LeadPolicy.Candidate;
import io.reftrail.policy.LeadPolicy.RequestFacts;
import io.reftrail.policy.LeadPolicy.Verdict;
import io.reftrail.policy.Partners;
import io.reftrail.policy.PolicyReason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lead policies of the application, which are asked about each new customer, and the browsers of partners. */
final class LeadPolicies {

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final List<LeadPolicy> policies;
    private final List<Partners> partners;
    private final PartnerCookie partnerCookie;
    private final @Nullable Journeys journeys;

    LeadPolicies(
            List<LeadPolicy> policies,
            List<Partners> partners,
            PartnerCookie partnerCookie,
            @Nullable Journeys journeys) {
        this.policies = List.copyOf(policies);
        this.partners = List.copyOf(partners);
        this.partnerCookie = partnerCookie;
        this.journeys = journeys;
    }

    /** Returns the verdict of the first policy that does not accept. If a policy fails, the lead is held for an operator. */
    Verdict judge(Attribution attribution, Customer customer, @Nullable CookieExchange exchange) {
        if (policies.isEmpty()) {
            return Verdict.accept();
        }
        Candidate candidate = new Candidate(
                attribution,
                customer,
                exchange == null || journeys == null ? List.of() : journeys.touchesOf(exchange),
                exchange == null ? RequestFacts.UNKNOWN : facts(exchange));
        for (LeadPolicy policy : policies) {
            try {
                Verdict verdict = policy.judge(candidate);
                if (!verdict.accepts()) {
                    return verdict;
                }
            } catch (RuntimeException | Error failure) {
                logger.warn(
                        "The lead policy {} failed; the lead is held",
                        policy.getClass().getName(),
                        RedactedFailure.of(failure));
                return Verdict.hold(PolicyReason.POLICY_FAILED.text());
            }
        }
        return Verdict.accept();
    }

    private RequestFacts facts(CookieExchange exchange) {
        try {
            Visitor visitor = exchange.visitor();
            return new RequestFacts(
                    visitor.ipAddress(),
                    visitor.userAgent(),
                    exchange.route(),
                    customerId -> partnerCookie.contains(customerId, exchange));
        } catch (RuntimeException failure) {
            logger.warn("Could not read the request of a sign-up for the lead policies", RedactedFailure.of(failure));
            return RequestFacts.UNKNOWN;
        }
    }

    /** Remembers the browser in which a partner is signed in, so that a second account in it is recognised. */
    void rememberPartner(CookieExchange exchange, Customer customer) {
        try {
            if (partners.stream().anyMatch(known -> known.isPartner(customer.id()))) {
                partnerCookie.add(customer.id(), exchange);
            }
        } catch (RuntimeException failure) {
            logger.warn("Could not remember the browser of a partner", RedactedFailure.of(failure));
        }
    }
}
