package io.reftrail.backend;

import io.reftrail.model.Click;
import io.reftrail.model.Lead;
import io.reftrail.model.Payment;
import io.reftrail.model.Sale;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The requests of docs/contracts/dub.md, section 3. */
final class DubCalls {

    private static final Set<String> PROCESSORS =
            Set.of("stripe", "shopify", "polar", "paddle", "apple", "revenuecat", "dub", "custom");

    private final DubBackendBuilder settings;

    DubCalls(DubBackendBuilder settings) {
        this.settings = settings;
    }

    /**
     * Public, so it carries no key. Carries the visitor's user agent, by which Dub tells visitors apart and robots from
     * persons; the address that Dub sees is the server's, and nothing is said to the contrary (section 3.2).
     */
    HttpCall click(Click click) {
        ObjectNode body = Json.object();
        Json.putText(body, "domain", settings.domain);
        body.put("key", click.code());
        Json.putText(body, "url", click.landing());
        Json.putText(body, "referrer", click.referrer());
        String userAgent = click.userAgent();
        return settings.baseUrl.post(
                "/track/click", userAgent == null ? Map.of() : Map.of("User-Agent", userAgent), body);
    }

    /**
     * A malformed address would fail the whole lead (section 3.1). What confirms a deferred lead has neither a click nor a
     * mode (section 4).
     */
    HttpCall lead(Lead lead) {
        ObjectNode body = Json.object()
                .put("clickId", lead.confirms() ? "" : lead.attribution().requireClickId())
                .put("eventName", lead.eventName())
                .put("customerExternalId", lead.customer().id());
        Json.putText(body, "customerName", lead.customer().name(), DubLimits.MAX_TEXT);
        Json.putText(body, "customerEmail", EmailAddress.valid(lead.customer().email()), DubLimits.MAX_TEXT);
        Json.putText(
                body, "customerAvatar", PictureAddress.valid(lead.customer().avatar()));
        if (!lead.confirms()) {
            body.put("mode", settings.leadMode.name().toLowerCase(Locale.ROOT));
        }
        DubLimits.putMetadata(body, Json.object(lead.metadata()));
        return settings.baseUrl.post("/track/lead", settings.apiKey.asBearer(), body);
    }

    HttpCall sale(Sale sale) {
        Payment payment = sale.payment();
        ObjectNode body = Json.object()
                .put("customerExternalId", payment.customerId())
                .put("amount", payment.amount().minorUnits())
                .put("currency", payment.amount().currency().getCurrencyCode().toLowerCase(Locale.ROOT));
        Json.putText(body, "paymentProcessor", PaymentProcessor.among(PROCESSORS, payment));
        body.put("invoiceId", payment.invoiceId()).put("leadEventName", sale.leadEventName());
        DubLimits.putMetadata(body, Json.object(payment.metadata()));
        return settings.baseUrl.post("/track/sale", settings.apiKey.asBearer(), body);
    }
}
