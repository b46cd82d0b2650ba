package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Dub's sales, docs/contracts/dub.md section 3.3: an invoice is answered once and its answer repeated for a week.
 *
 * <p>The vendor converts to dollars at a rate that nobody knows here, so the answer has the amount unchanged and the
 * currency {@code usd}; the feed has the currency that was sent. Answers with nulls are not kept for repeating.
 * The sandbox keeps no addresses, so a repeat shows the name and address it came with and not those of the first call.
 */
@Component
final class DubSales {

    private static final String NAME = DubDialect.NAME;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final List<String> PROCESSORS =
            List.of("custom", "stripe", "shopify", "polar", "paddle", "apple", "revenuecat", "dub");

    private final DubDialect.Settings settings;
    private final Ledger ledger;
    private final Customers customers;
    private final Claims claims;
    private final JsonMapper json;

    DubSales(DubDialect.Settings settings, Ledger ledger, Customers customers, Claims claims, JsonMapper json) {
        this.settings = settings;
        this.ledger = ledger;
        this.customers = customers;
        this.claims = claims;
        this.json = json;
    }

    Answer sale(VendorCall call) {
        JsonBody body = call.body();
        @Nullable String malformed = body.problem();
        String clickId = requireNonNullElse(body.nullable("clickId", Integer.MAX_VALUE), "")
                .trim();
        DubCustomer customer = DubCustomer.of(body);
        Money money =
                new Money(body.requiredMinorUnits("amount"), requireNonNullElse(body.nullable("currency", 3), "usd"));
        Wish wish = new Wish(
                requireNonNullElse(body.nullable("eventName", 255), "Purchase"),
                body.oneOf("paymentProcessor", PROCESSORS),
                body.nullable("invoiceId", Integer.MAX_VALUE),
                body.nullable("leadEventName", Integer.MAX_VALUE));
        body.nullableObject("metadata", 10_000);
        Subject subject = new Subject(null, customer.externalId(), customer.email(), clickId, money);
        if (malformed != null || customer.externalId().isEmpty()) {
            String why = requireNonNullElse(malformed, "customerExternalId is required");
            return DubReplies.refused(400, why, subject);
        }
        @Nullable String problem = body.problem();
        return problem == null
                ? attribute(clickId, customer, money, wish, subject)
                : DubReplies.refused(422, problem, subject);
    }

    private synchronized Answer attribute(
            String clickId, DubCustomer customer, Money money, Wish wish, Subject subject) {
        Optional<String> replay =
                wish.invoiceId() == null ? Optional.empty() : claims.find(NAME, "invoice:" + wish.invoiceId(), WEEK);
        if (replay.isPresent()) {
            ObjectNode reply = (ObjectNode) json.readTree(replay.get());
            DubCustomer first = customer.called(reply.path("customer").asString());
            reply.set("customer", json.valueToTree(first.inSale()));
            return new Answer(200, reply, Verdict.DUPLICATE, "this invoice was answered before", subject);
        }
        Optional<Customer> known = customers.byExternalId(NAME, customer.externalId());
        if ((known.isEmpty() && clickId.isEmpty()) || money.minorUnits() == 0) {
            String why = money.minorUnits() == 0 ? "an amount of nothing" : "the customer is unknown";
            return new Answer(200, reply(wish, null, null), Verdict.IGNORED, why, subject);
        }
        Optional<Click> found = known.map(Customer::click).or(() -> ledger.find(NAME, clickId));
        if (found.isEmpty()) {
            return DubReplies.refused(404, "Click event not found for clickId.", subject);
        }
        Click click = found.get();
        String lead = wish.leadEventName();
        if (lead != null && !isWritten(customer.externalId(), lead)) {
            return DubReplies.refused(404, "Lead event not found.", subject);
        }
        if (known.isEmpty()) {
            customers.add(click, customer.externalId(), "customer");
        }
        Conversion.Receipt receipt = ledger.count(Conversion.sale(click, null, money));
        Object sale = sale(money, wish);
        Object reply = reply(wish, customer.inSale(), sale);
        if (wish.invoiceId() != null) {
            String kept = json.writeValueAsString(reply(wish, customer.externalId(), sale));
            claims.take(NAME, "invoice:" + wish.invoiceId(), WEEK, kept);
        }
        return new Answer(200, reply, receipt.verdict(), receipt.why(), subject.referredBy(click));
    }

    private boolean isWritten(String customer, String lead) {
        return ledger.has(NAME, Conversion.Kind.LEAD, DubLeads.key(customer, lead))
                && claims.find(NAME, DubLeads.unwritten(customer, lead), settings.leadDelay())
                        .isEmpty();
    }

    private static Object reply(Wish wish, @Nullable Object customer, @Nullable Object sale) {
        Map<String, @Nullable Object> reply = new LinkedHashMap<>();
        reply.put("eventName", wish.eventName());
        reply.put("customer", customer);
        reply.put("sale", sale);
        return reply;
    }

    private static Object sale(Money money, Wish wish) {
        Map<String, @Nullable Object> sale = new LinkedHashMap<>();
        sale.put("amount", money.minorUnits());
        sale.put("currency", "usd");
        sale.put("paymentProcessor", wish.paymentProcessor());
        sale.put("invoiceId", wish.invoiceId());
        sale.put("metadata", null);
        return sale;
    }

    private record Wish(
            String eventName,
            String paymentProcessor,
            @Nullable String invoiceId,
            @Nullable String leadEventName) {}
}
