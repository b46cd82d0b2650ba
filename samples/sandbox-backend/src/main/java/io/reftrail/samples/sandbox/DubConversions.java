package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNullElse;

import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Customers.Customer;
import io.reftrail.samples.sandbox.Dialect.Answer;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.Dialect.VendorCall;
import io.reftrail.samples.sandbox.DubDialect.Replies;
import io.reftrail.samples.sandbox.Ledger.Click;
import io.reftrail.samples.sandbox.Ledger.Conversion;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Dub's leads, docs/contracts/dub.md sections 3.1 and 4, poison included: customer and event are claimed for a week before
 * the click is looked up, so what failed with a 404 is a duplicate the next time. {@code deferred} makes a customer only
 * and claims nothing; a customer stays with the link of the first click. A lead of the mode {@code async} is not found by a
 * sale that names it until it is written, which takes as long as the setting says: the contract gives no time.
 *
 * <p>An absent {@code customerExternalId} is 400, an empty one too; a body that is no JSON is 400, any other field 422.
 */
@Component
final class DubConversions {

    private static final String NAME = DubDialect.NAME;

    /** Longer than any sandbox runs. */
    static final Duration FOR_EVER = Duration.ofDays(3_650);

    private final DubDialect.Settings settings;
    private final Ledger ledger;
    private final Customers customers;
    private final Claims claims;
    private final Replies replies;

    DubConversions(DubDialect.Settings settings, Ledger ledger, Customers customers, Claims claims, Replies replies) {
        this.settings = settings;
        this.ledger = ledger;
        this.customers = customers;
        this.claims = claims;
        this.replies = replies;
    }

    Answer lead(VendorCall call) {
        JsonBody body = call.body();
        @Nullable String malformed = body.problem();
        String clickId = requireNonNullElse(body.nullable("clickId", Integer.MAX_VALUE), "")
                .trim();
        String event = requireNonNullElse(body.nullable("eventName", 255), "");
        DubCustomer customer = DubCustomer.of(body);
        String mode = body.oneOf("mode", List.of("async", "wait", "deferred"));
        BigDecimal quantity = requireNonNullElse(body.nullableNumber("eventQuantity"), BigDecimal.ONE);
        body.nullableObject("metadata", 10_000);
        Subject subject = new Subject(null, customer.externalId(), customer.email(), clickId);
        if (malformed != null || customer.externalId().isEmpty()) {
            String why = requireNonNullElse(malformed, "customerExternalId is required");
            return Replies.refused(400, why, subject);
        }
        if (event.isEmpty()) {
            body.refuse("eventName is required");
        }
        if (quantity.stripTrailingZeros().scale() > 0
                || quantity.signum() <= 0
                || quantity.compareTo(BigDecimal.valueOf(100)) > 0) {
            body.refuse("eventQuantity must be a whole number from 1 to 100");
        }
        @Nullable String problem = body.problem();
        if (problem != null) {
            return Replies.refused(422, problem, subject);
        }
        Optional<Customer> known = customers.byExternalId(NAME, customer.externalId());
        if (clickId.isEmpty() && known.isEmpty()) {
            return Replies.refused(400, "clickId is blank and the customer has none either", subject);
        }
        String click = clickId.isEmpty() ? known.get().click().id() : clickId;
        boolean deferred = mode.equals("deferred");
        if (deferred || claim(customer, event)) {
            if (mode.equals("async")) {
                claims.take(NAME, unwritten(customer.externalId(), event), settings.leadDelay(), "");
            }
            return attribute(click, customer, deferred ? 0 : quantity.intValue(), event, subject);
        }
        return new Answer(
                200,
                Replies.lead(click, null, customer),
                Verdict.DUPLICATE,
                "customer and event were claimed before",
                subject);
    }

    private boolean claim(DubCustomer customer, String event) {
        String name = event.toLowerCase(Locale.ROOT).replace(' ', '-');
        return claims.take(NAME, "lead:" + name + ":" + customer.externalId(), settings.leadWindow(), "")
                .isEmpty();
    }

    private Answer attribute(String clickId, DubCustomer customer, int quantity, String event, Subject subject) {
        Optional<Click> found = ledger.find(NAME, clickId);
        if (found.isEmpty()) {
            return Replies.refused(404, "Click event not found for clickId.", subject);
        }
        Click click = found.get();
        Subject referred = subject.referredBy(click);
        keep(click, customer);
        Object reply = Replies.lead(clickId, replies.link(click.partner()), customer);
        if (quantity == 0) {
            return new Answer(200, reply, Verdict.IGNORED, "deferred: a customer, not a lead yet", referred);
        }
        for (int i = 0; i < quantity; i++) {
            count(ledger, claims, click, customer.externalId(), event);
        }
        return new Answer(200, reply, Verdict.RECORDED, "a new lead, credited to " + click.partner(), referred);
    }

    private synchronized void keep(Click click, DubCustomer customer) {
        if (customers.byExternalId(NAME, customer.externalId()).isEmpty()) {
            customers.add(click, customer.externalId(), "customer");
        }
    }

    /** Records a lead; the customer's first one is what a sale without the name of a lead finds. */
    static void count(Ledger ledger, Claims claims, Click click, String externalId, String event) {
        ledger.count(new Conversion(Conversion.Kind.LEAD, click, key(externalId, event), Duration.ZERO, null));
        claims.take(NAME, firstLead(externalId), FOR_EVER, event);
    }

    static String firstLead(String externalId) {
        return "first-lead:" + externalId;
    }

    /** Claimed while a lead of the mode {@code async} is answered and not yet written. */
    static String unwritten(String externalId, String event) {
        return "unwritten:" + key(externalId, event);
    }

    /** Under which a lead is found by its exact event name. */
    static String key(String externalId, String event) {
        return event.length() + ":" + event + externalId;
    }

    /**
     * A customer as a call to Dub describes one, docs/contracts/dub.md sections 3.1 and 3.3. A customer without a name gets
     * the address, or by the id: the vendor's random names would tell a test nothing.
     */
    record DubCustomer(
            String externalId,
            @Nullable String name,
            @Nullable String email,
            @Nullable String avatar) {

        private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+([.][^@\\s.]+)+");

        /** Reads the documented fields, and the older names of the id. */
        static DubCustomer of(JsonBody body) {
            @Nullable String id = body.nullable("customerExternalId", 100);
            for (String older : new String[] {"externalId", "customerId"}) {
                id = id == null ? body.nullable(older, 100) : id;
            }
            @Nullable String email = body.nullable("customerEmail", 100);
            if (email != null && !EMAIL.matcher(email).matches()) {
                body.refuse("customerEmail is not an address");
            }
            return new DubCustomer(
                    id == null ? "" : id,
                    body.nullable("customerName", 100),
                    email,
                    body.nullable("customerAvatar", Integer.MAX_VALUE));
        }

        /** The same person by another id. */
        DubCustomer called(String id) {
            return new DubCustomer(id, name, email, avatar);
        }

        Map<String, @Nullable Object> inLead() {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            shown.put("name", name != null ? name : email != null ? email : externalId);
            shown.put("email", email);
            shown.put("avatar", avatar);
            shown.put("externalId", externalId);
            return shown;
        }

        Map<String, @Nullable Object> inSale() {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            shown.put("id", "cus_" + externalId);
            shown.putAll(inLead());
            return shown;
        }
    }

    /**
     * Dub's sales, docs/contracts/dub.md section 3.3: an invoice is answered once and its answer repeated for a week.
     *
     * <p>A customer must have a lead, that of the name if one is named. A click in the call takes the sale from the link of the
     * lead; without a customer it makes one, and a lead (a direct sale).
     *
     * <p>The vendor converts to dollars at a rate that is not known here, so the answer has the amount unchanged and the
     * currency {@code usd}; the feed has the currency that was sent. Answers with nulls are not kept for repeating.
     * The sandbox keeps no addresses, so a repeat shows the name and address it came with and not those of the first call.
     */
    @Component
    static final class DubSales {

        private static final String NAME = DubDialect.NAME;
        private static final String DIRECT_LEAD = "Direct sale tracking lead event";
        private static final Duration WEEK = Duration.ofDays(7);
        private static final List<String> PROCESSORS =
                List.of("custom", "stripe", "shopify", "polar", "paddle", "apple", "revenuecat", "lemonsqueezy", "dub");

        /** Counted without decimals; every other currency in hundredths, whatever ISO 4217 says (section 3.3). */
        private static final Set<String> ZERO_DECIMALS = Set.of(
                "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
                "XPF");

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
            long amount = body.requiredMinorUnits("amount");
            Money money = money(amount, requireNonNullElse(body.nullable("currency", 3), "usd"));
            Wish wish = new Wish(
                    amount,
                    requireNonNullElse(body.nullable("eventName", 255), "Purchase"),
                    body.oneOf("paymentProcessor", PROCESSORS),
                    body.nullable("invoiceId", Integer.MAX_VALUE),
                    body.nullable("leadEventName", Integer.MAX_VALUE),
                    body.object("metadata"));
            body.nullableObject("metadata", 10_000);
            Subject subject = new Subject(null, customer.externalId(), customer.email(), clickId, money);
            if (malformed != null || customer.externalId().isEmpty()) {
                String why = requireNonNullElse(malformed, "customerExternalId is required");
                return Replies.refused(400, why, subject);
            }
            @Nullable String problem = body.problem();
            return problem == null
                    ? attribute(clickId, customer, money, wish, subject)
                    : Replies.refused(422, problem, subject);
        }

        private synchronized Answer attribute(
                String clickId, DubCustomer customer, Money money, Wish wish, Subject subject) {
            Optional<String> replay = wish.invoiceId() == null
                    ? Optional.empty()
                    : claims.find(NAME, "invoice:" + wish.invoiceId(), WEEK);
            if (replay.isPresent()) {
                ObjectNode reply = (ObjectNode) json.readTree(replay.get());
                DubCustomer first = customer.called(reply.path("customer").asString());
                reply.set("customer", json.valueToTree(first.inSale()));
                return new Answer(200, reply, Verdict.DUPLICATE, "this invoice was answered before", subject);
            }
            Optional<Customer> known = customers.byExternalId(NAME, customer.externalId());
            if (known.isPresent() && !isWritten(customer.externalId(), wish.leadEventName())) {
                return Replies.refused(404, "Lead event not found.", subject);
            }
            if (known.isEmpty() && clickId.isEmpty()) {
                return new Answer(200, reply(wish, null, null), Verdict.IGNORED, "the customer is unknown", subject);
            }
            Optional<Click> found = clickId.isEmpty() ? known.map(Customer::click) : ledger.find(NAME, clickId);
            if (found.isEmpty()) {
                return Replies.refused(404, "Click event not found for clickId.", subject);
            }
            Click click = found.get();
            if (known.isEmpty()) {
                customers.add(click, customer.externalId(), "customer");
                String lead = requireNonNullElse(wish.leadEventName(), DIRECT_LEAD);
                DubConversions.count(ledger, claims, click, customer.externalId(), lead);
            }
            if (money.minorUnits() == 0) {
                return new Answer(200, reply(wish, null, null), Verdict.IGNORED, "an amount of nothing", subject);
            }
            Conversion.Receipt receipt = ledger.count(Conversion.sale(click, null, money));
            Object sale = sale(wish);
            Object reply = reply(wish, customer.inSale(), sale);
            if (wish.invoiceId() != null) {
                String kept = json.writeValueAsString(reply(wish, customer.externalId(), sale));
                claims.take(NAME, "invoice:" + wish.invoiceId(), WEEK, kept);
            }
            return new Answer(200, reply, receipt.verdict(), receipt.why(), subject.referredBy(click));
        }

        /** A sale by the payment provider (section 3.6); a customer who is not known is skipped. */
        Optional<Answer> paid(ConnectedVendors.Checkout checkout) {
            @Nullable String id = checkout.value("dubCustomerExternalId");
            Optional<Customer> known = id == null ? Optional.empty() : customers.byExternalId(NAME, id);
            return known.map(customer -> {
                Click click = customer.click();
                var receipt = ledger.count(Conversion.sale(click, checkout.invoiceId(), checkout.money()));
                Subject subject = new Subject(click.partner(), id, null, click.id(), checkout.money());
                return new Answer(200, null, receipt.verdict(), receipt.why(), subject);
            });
        }

        /** Returns whether a customer has a lead of this name, or any lead if no name is given. */
        private boolean isWritten(String customer, @Nullable String name) {
            String lead = name == null
                    ? claims.find(NAME, DubConversions.firstLead(customer), DubConversions.FOR_EVER)
                            .orElse(null)
                    : name;
            return lead != null
                    && ledger.has(NAME, Conversion.Kind.LEAD, DubConversions.key(customer, lead))
                    && claims.find(NAME, DubConversions.unwritten(customer, lead), settings.leadDelay())
                            .isEmpty();
        }

        private static Object reply(Wish wish, @Nullable Object customer, @Nullable Object sale) {
            Map<String, @Nullable Object> reply = new LinkedHashMap<>();
            reply.put("eventName", wish.eventName());
            reply.put("customer", customer);
            reply.put("sale", sale);
            return reply;
        }

        /** The sum that an amount in Dub's units stands for; of an unknown currency, the amount as it is. */
        private static Money money(long amount, String currency) {
            int decimals = ZERO_DECIMALS.contains(currency.toUpperCase(Locale.ROOT)) ? 0 : 2;
            return Money.ofMajorUnits(BigDecimal.valueOf(amount, decimals), currency)
                    .orElseGet(() -> new Money(amount, currency));
        }

        private static Object sale(Wish wish) {
            Map<String, @Nullable Object> sale = new LinkedHashMap<>();
            sale.put("amount", wish.amount());
            sale.put("currency", "usd");
            sale.put("paymentProcessor", wish.paymentProcessor());
            sale.put("invoiceId", wish.invoiceId());
            sale.put("metadata", wish.metadata());
            return sale;
        }

        private record Wish(
                long amount,
                String eventName,
                String paymentProcessor,
                @Nullable String invoiceId,
                @Nullable String leadEventName,
                @Nullable Object metadata) {}
    }
}
