package io.reftrail.backend;

import io.reftrail.model.Click;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.model.Payment.Interval;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests of docs/contracts/affonso.md, section 3. Clicks are written in camelCase and all else in snake_case; what is
 * longer than the documented maximum is left out, because a part of it would be something else.
 */
final class AffonsoCalls {

    /** What the vendor wants to know of a landing's query (section 3.1). */
    static final List<String> FORWARDED = List.of(
            "sub1",
            "sub2",
            "sub3",
            "sub4",
            "sub5",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "gclid",
            "fbclid",
            "msclkid",
            "ttclid");

    private static final int MAX_TEXT = 255;
    private static final int MAX_REFERRER = 2000;
    private static final int MAX_IP = 45;
    private static final int MAX_USER_AGENT = 1000;

    private final AffonsoBackendBuilder settings;

    AffonsoCalls(AffonsoBackendBuilder settings) {
        this.settings = settings;
    }

    HttpCall click(Click click) {
        ObjectNode body = Json.object().put("programId", settings.programId).put("trackingId", click.code());
        Json.putText(body, "referrer", click.referrer(), MAX_REFERRER);
        Json.putText(body, "ip", settings.sendIpAddress ? click.ipAddress() : null, MAX_IP);
        Json.putText(body, "userAgent", settings.sendUserAgent ? click.userAgent() : null, MAX_USER_AGENT);
        for (String parameter : FORWARDED) {
            Json.putText(body, field(parameter), click.parameters().get(parameter), MAX_TEXT);
        }
        return post("/v1/clicks", body);
    }

    /** Returns {@code utmSource} for {@code utm_source}. */
    private static String field(String parameter) {
        return parameter.startsWith("utm_")
                ? "utm" + Character.toUpperCase(parameter.charAt(4)) + parameter.substring(5)
                : parameter;
    }

    /** Always has the user id: a program may have switched e-mail tracking off (section 4). */
    HttpCall signUp(Lead lead) {
        ObjectNode body = Json.object().put("click_id", lead.attribution().requireClickId());
        Json.putText(body, "email", EmailAddress.valid(lead.customer().email()));
        body.put("external_user_id", lead.customer().id());
        Json.putText(body, "name", lead.customer().name(), MAX_TEXT);
        return post("/v1/signups", body);
    }

    /**
     * Names the click and nothing else of the four ids that the vendor takes: all that are given must lead to one
     * referral, and the click is the one that the vendor itself has given out (section 3.4).
     */
    HttpCall conversion(Sale sale) {
        Payment payment = sale.payment();
        ObjectNode body = Json.object().put("click_id", sale.attribution().requireClickId());
        body.put("sale_amount", payment.amount().amount());
        body.put("sale_amount_currency", currency(payment.amount()));
        body.put("external_event_id", payment.invoiceId()).put("sales_status", "complete");
        if (payment.subscriptionId() != null) {
            body.put("is_subscription", true);
        }
        if (payment.interval() == Interval.MONTH) {
            body.put("interval", "monthly");
        } else if (payment.interval() == Interval.YEAR) {
            body.put("interval", "yearly");
        }
        if (payment.productId() != null && !payment.productId().isBlank()) {
            body.putArray("product_ids").add(payment.productId());
        }
        Json.putObject(body, "metadata", Json.object(payment.metadata()));
        return post("/v1/conversions", body);
    }

    /** Without an amount, what is left of the sale is given back (section 3.5). */
    HttpCall refund(Refund refund) {
        ObjectNode body = Json.object();
        if (refund.amount() != null) {
            body.put("amount", refund.amount().amount());
            body.put("currency", currency(refund.amount()));
        }
        Json.putText(body, "reason", refund.reason());
        body.put("external_event_id", refund.refundId());
        body.put("refunded_at", refund.occurredAt().toString());
        String conversion = Objects.requireNonNull(refund.attribution().detail(AffonsoReplies.CONVERSION));
        return post("/v1/conversions/" + segment(conversion) + "/refund", body);
    }

    private static String currency(Money money) {
        return money.currency().getCurrencyCode();
    }

    private static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpCall post(String path, ObjectNode body) {
        return settings.baseUrl.post(path, settings.apiKey.asBearer(), body);
    }
}
