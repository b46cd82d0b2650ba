package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNullElse;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.ConnectedVendors.Checkout;
import io.reftrail.samples.sandbox.Dialect.Answer;
import io.reftrail.samples.sandbox.Dialect.Endpoint;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.Dialect.Vendor;
import io.reftrail.samples.sandbox.Dialect.VendorCall;
import io.reftrail.samples.sandbox.Ledger.Click;
import io.reftrail.samples.sandbox.Ledger.Conversion;
import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Refport, after docs/contracts/refport.md: links of section 2, leads and sales of sections 3.1 and 3.2, deduplication of
 * section 4. A click on the link of the unlinked partner is the documented case of the body {@code null}.
 *
 * <p>Where section 5 knows no answer: a duplicate gets the normal body (a sale the first one's id), a sale of an unlinked
 * click gets {@code null} as a lead does, statuses without a documented code say {@code INTERNAL_SERVER_ERROR}.
 */
@Component
final class RefportDialect implements Dialect {

    private static final List<String> PROCESSORS =
            List.of("custom", "stripe", "shopify", "polar", "paddle", "revenuecat");
    private static final Map<Integer, String> CODES =
            Map.of(400, "VALIDATION_ERROR", 401, "UNAUTHORIZED", 429, "RATE_LIMIT_EXCEEDED");

    private final Vendor vendor;
    private final String landing;
    private final Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;

    RefportDialect(SandboxSettings common, Settings settings, RandomIds ids, Ledger ledger) {
        List<String> partners = new ArrayList<>(common.partners());
        partners.add(settings.unlinkedPartner());
        this.vendor = Vendor.withRedirect("refport", "/go/", "refp_id", partners);
        this.landing = common.merchantUrl().toString();
        this.settings = settings;
        this.ids = ids;
        this.ledger = ledger;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public String follow(String partner) {
        return ledger.click(name(), partner, ids.next(10));
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/track/lead", CallKind.LEAD, this::lead),
                Endpoint.post("/api/track/sale", CallKind.SALE, this::sale));
    }

    @Override
    public Object errorBody(int status, String message) {
        return error(CODES.getOrDefault(status, "INTERNAL_SERVER_ERROR"), message);
    }

    /** The hand-over of section 3.4: the click id under either key. */
    @Override
    public Optional<Answer> paid(Checkout checkout) {
        @Nullable String named = checkout.value("refportClickId");
        @Nullable String id = named == null ? checkout.clientReferenceId() : named;
        Optional<Click> click = id == null ? Optional.empty() : ledger.find(name(), id);
        return click.filter(known -> !known.partner().equals(settings.unlinkedPartner()))
                .map(known -> {
                    var receipt = ledger.count(Conversion.sale(known, checkout.invoiceId(), checkout.money()));
                    String customer = checkout.value("refportExternalCustomerId");
                    Subject subject = new Subject(known.partner(), customer, null, id, checkout.money());
                    return new Answer(200, null, receipt.verdict(), receipt.why(), subject);
                });
    }

    private Answer lead(VendorCall call) {
        JsonBody body = call.body();
        RefportCustomer customer = RefportCustomer.of(body);
        String event = body.required("eventName");
        return attribute(call, customer, (click, subject) -> {
            String key = customer.externalId().length() + ":" + customer.externalId() + event;
            var receipt = ledger.count(Conversion.lead(click, key, settings.leadWindow()));
            Object reply = Map.of(
                    "eventName",
                    event,
                    "click",
                    Map.of("id", click.id()),
                    "link",
                    RefportLink.of(click, landing),
                    "customer",
                    customer);
            return new Answer(200, reply, receipt.verdict(), receipt.why(), subject);
        });
    }

    private Answer sale(VendorCall call) {
        JsonBody body = call.body();
        RefportCustomer customer = RefportCustomer.of(body);
        long amount = body.requiredMinorUnits("amount");
        String currency = requireNonNullElse(body.optional("currency"), "usd");
        Money money = new Money(amount, currency);
        String event = requireNonNullElse(body.optional("eventName"), "Purchase");
        String processor = body.oneOf("paymentProcessor", PROCESSORS);
        @Nullable String invoice = body.optional("invoiceId");
        return attribute(call, customer, (click, subject) -> {
            var receipt = ledger.count(Conversion.sale(click, invoice, money));
            String id = "sale_" + receipt.id();
            RefportSale sale = new RefportSale(id, amount, currency, amount / 10, "pending", invoice, processor);
            Object reply = Map.of("eventName", event, "customer", customer, "sale", sale);
            return new Answer(200, reply, receipt.verdict(), receipt.why(), subject.paying(money));
        });
    }

    private Answer attribute(VendorCall call, RefportCustomer customer, BiFunction<Click, Subject, Answer> counting) {
        JsonBody body = call.body();
        String clickId = body.required("clickId");
        Subject subject = new Subject(null, customer.externalId(), customer.email(), clickId);
        if (!("Bearer " + settings.apiKey()).equals(call.header("Authorization"))) {
            return refused(401, "UNAUTHORIZED", "API key is missing or not valid", subject);
        }
        @Nullable String problem = body.problem();
        if (problem != null) {
            return refused(400, "VALIDATION_ERROR", problem, subject);
        }
        Optional<Click> click = ledger.find(name(), clickId);
        if (click.isEmpty()) {
            return refused(400, "INVALID_CLICK_ID", "the click id matches no recorded click", subject);
        }
        Subject referred = subject.referredBy(click.get());
        if (click.get().partner().equals(settings.unlinkedPartner())) {
            return new Answer(200, null, Verdict.IGNORED, "the click is not tied to a link", referred);
        }
        return counting.apply(click.get(), referred);
    }

    private static Answer refused(int status, String code, String why, Subject subject) {
        Verdict verdict = status == 401 ? Verdict.UNAUTHORIZED : Verdict.REJECTED;
        return new Answer(status, error(code, why), verdict, why, subject);
    }

    private static Object error(String code, String message) {
        return Map.of("error", Map.of("code", code, "message", message));
    }

    /** Refport's key, the partner whose link is not tied, and how long a lead of a customer is the same lead. */
    @ConfigurationProperties("sandbox.refport")
    record Settings(String apiKey, String unlinkedPartner, Duration leadWindow) {}

    /** A customer as Refport shows one, docs/contracts/refport.md section 3.1: what the merchant just told. */
    record RefportCustomer(
            String externalId,
            @Nullable String email,
            @Nullable String name) {

        static RefportCustomer of(JsonBody body) {
            body.optional("customerAvatar");
            body.optionalObject("metadata");
            return new RefportCustomer(
                    body.required("customerExternalId"), body.optional("customerEmail"), body.optional("customerName"));
        }
    }

    /** A partner's link as Refport shows it, docs/contracts/refport.md section 3.1. */
    record RefportLink(String id, String domain, String key, String url, String programId) {

        static RefportLink of(Click click, String url) {
            return new RefportLink("lnk_" + click.partner(), "go.example.org", click.partner(), url, "prog_1");
        }
    }

    /** A sale as Refport shows it, docs/contracts/refport.md section 3.2; both amounts in the smallest unit. */
    record RefportSale(
            String id,
            long amount,
            String currency,
            long commissionAmount,
            String status,
            @Nullable String invoiceId,
            String paymentProcessor) {}
}
