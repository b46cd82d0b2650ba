package io.reftrail.backend;

import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Lead;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The requests of docs/contracts/affitor.md, section 3. */
final class AffitorCalls {

    /** What Affitor reads from the free fields (section 3.2), so that nobody else's may be called so. */
    private static final Set<String> RESERVED = Set.of("test_mode", "program_id", "event_name");

    private final AffitorBackendBuilder settings;

    AffitorCalls(AffitorBackendBuilder settings) {
        this.settings = settings;
    }

    /** Carries no token: the endpoint wants none (section 3.1). */
    HttpCall click(Click click) {
        ObjectNode body = Json.object();
        String landing = AffitorClicks.landing(click, settings.captureRef);
        if (landing != null) {
            body.put("affiliate_url", AffiliateAddress.of(landing, settings.captureRef));
            body.put("page_url", AffiliateAddress.page(landing));
        }
        Json.putText(body, "referrer_url", click.referrer());
        Json.putText(body, "user_agent", click.userAgent());
        Json.putText(body, "existing_click_id", AffitorClicks.currentId(click.attribution()));
        Json.putObject(body, "additional_data", test(Json.object()));
        return settings.baseUrl.post("/api/v1/track/click", Map.of(), body);
    }

    HttpCall lead(Lead lead) {
        return AffitorClicks.isOlder(lead.attribution()) ? olderLead(lead) : currentLead(lead);
    }

    private HttpCall currentLead(Lead lead) {
        ObjectNode body = Json.object();
        Json.putText(body, "click_id", AffitorClicks.currentId(lead.attribution()));
        body.put("customer_key", lead.customer().id());
        Json.putText(body, "email", EmailAddress.valid(lead.customer().email()));
        ObjectNode additional = metadata(lead);
        additional.put("event_name", lead.eventName());
        body.set("additional_data", test(additional));
        return post("/api/v1/track/lead", body);
    }

    /** The older generation, which documents neither an event name nor a program id (section 3.3). */
    private HttpCall olderLead(Lead lead) {
        ObjectNode body = Json.object()
                .put("customer_code", lead.attribution().requireClickId())
                .put("user_id", lead.customer().id());
        Json.putText(body, "email", EmailAddress.valid(lead.customer().email()));
        ObjectNode additional = metadata(lead);
        if (settings.testMode) {
            additional.put("test_mode", true);
        }
        Json.putObject(body, "additional_data", additional);
        return post("/api/tracking/lead", body);
    }

    private static ObjectNode metadata(Lead lead) {
        return Json.object(lead.metadata()).remove(RESERVED);
    }

    /**
     * The customer key is looked up first; a click id of today goes along for a customer who is not found by it. Where the
     * lead was told the older way, there is the key alone, and that it is found is not documented (section 5). The amount
     * is in the currency's minor units; for one that has none, as VND, the contract does not say (section 3.4).
     */
    HttpCall sale(Sale sale) {
        Payment payment = sale.payment();
        Attribution attribution = sale.attribution();
        ObjectNode body =
                Json.object().put("transaction_id", payment.invoiceId()).put("customer_key", payment.customerId());
        Json.putText(body, "click_id", AffitorClicks.currentId(attribution));
        body.put("amount_cents", payment.amount().minorUnits());
        body.put("currency", payment.amount().currency().getCurrencyCode());
        putSubscription(body, payment);
        Json.putText(body, "product_id", payment.productId());
        if (settings.testMode) {
            body.set("additional_data", Json.object().put("test_mode", true));
        }
        return post("/api/v1/track/sale", body);
    }

    private static void putSubscription(ObjectNode body, Payment payment) {
        if (payment.subscriptionId() == null) {
            body.put("sale_type", "payment");
            return;
        }
        body.put("sale_type", "subscription").put("is_recurring", true);
        Json.putText(body, "subscription_id", payment.subscriptionId());
        Interval interval = payment.interval();
        if (interval != null) {
            body.put(
                    "subscription_interval",
                    switch (interval) {
                        case MONTH -> "monthly";
                        case QUARTER -> "quarterly";
                        case YEAR -> "annual";
                    });
        }
    }

    /** Without an amount, all of it is given back (section 3.5). */
    HttpCall refund(Refund refund) {
        ObjectNode body = Json.object().put("transaction_id", refund.invoiceId());
        if (refund.amount() != null) {
            body.put("refund_amount_cents", refund.amount().minorUnits());
        }
        Json.putText(body, "refund_reason", refund.reason());
        return post("/api/v1/track/refund", body);
    }

    private HttpCall post(String path, ObjectNode body) {
        return settings.baseUrl.post(path, settings.token.asBearer(), body);
    }

    private ObjectNode test(ObjectNode additional) {
        if (settings.testMode) {
            additional.put("test_mode", true);
            Json.putText(additional, "program_id", settings.programId);
        }
        return additional;
    }
}
