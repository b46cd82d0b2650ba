package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Customers.Customer;
import io.reftrail.samples.sandbox.Dialect.Answer;
import io.reftrail.samples.sandbox.Dialect.Endpoint;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.Dialect.Vendor;
import io.reftrail.samples.sandbox.Dialect.VendorCall;
import io.reftrail.samples.sandbox.Ledger.Click;
import io.reftrail.samples.sandbox.Ledger.Conversion;
import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Tapfiliate 1.6, after docs/contracts/tapfiliate.md: clicks, customers and conversions of section 3.
 *
 * <p>Where section 5 knows no answer: an unknown code or click is 422, as is a customer or an external id that is there already;
 * the latter is what "has to be unique" promises at the least.
 */
@Component
final class TapfiliateDialect implements Dialect {

    static final String NAME = "tapfiliate";

    private final Vendor vendor;
    private final Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;
    private final Customers customers;

    TapfiliateDialect(SandboxSettings common, Settings settings, RandomIds ids, Ledger ledger, Customers customers) {
        this.vendor = Vendor.withoutRedirect(NAME, settings.linkParameter(), common.partners());
        this.settings = settings;
        this.ids = ids;
        this.ledger = ledger;
        this.customers = customers;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/clicks/", CallKind.CLICK, this::click),
                Endpoint.post("/customers/", CallKind.LEAD, this::customer),
                Endpoint.post("/conversions/", CallKind.SALE, this::conversion));
    }

    @Override
    public Object errorBody(int status, String message) {
        return Map.of("message", message);
    }

    private Answer click(VendorCall call) {
        JsonBody body = call.body();
        String code = body.required("referral_code");
        for (String field : List.of("landing_page", "referrer", "user_agent", "ip")) {
            body.optional(field);
        }
        @Nullable Answer refused = refused(call, Subject.NOBODY);
        if (refused != null) {
            return refused;
        }
        if (!vendor.partners().contains(code)) {
            return invalid("no affiliate has this referral code", Subject.NOBODY);
        }
        String id = ledger.click(NAME, code, ids.next(20));
        Subject subject = new Subject(code, null, null, id);
        return new Answer(201, Map.of("id", id), Verdict.RECORDED, "click on a link of " + code, subject);
    }

    private Answer customer(VendorCall call) {
        JsonBody body = call.body();
        String customer = body.required("customer_id");
        String clickId = body.required("click_id");
        body.optionalObject("meta_data");
        Subject subject = new Subject(null, customer, null, clickId);
        @Nullable Answer refused = refused(call, subject);
        if (refused != null) {
            return refused;
        }
        Optional<Click> click = ledger.find(NAME, clickId);
        if (click.isEmpty()) {
            return invalid("the click is unknown", subject);
        }
        Conversion.Receipt receipt = ledger.count(Conversion.lead(click.get(), customer, null));
        if (!receipt.fresh()) {
            return new Answer(
                    422,
                    errorBody(422, "customer_id is there already"),
                    Verdict.DUPLICATE,
                    receipt.why(),
                    subject.referredBy(click.get()));
        }
        customers.add(click.get(), customer, "new");
        return new Answer(
                201,
                Map.of("id", "cu_" + receipt.id(), "customer_id", customer, "status", "new"),
                receipt.verdict(),
                receipt.why(),
                subject.referredBy(click.get()));
    }

    private Answer conversion(VendorCall call) {
        JsonBody body = call.body();
        String external = body.required("external_id");
        @Nullable BigDecimal amount = body.number("amount");
        @Nullable String customerId = body.optional("customer_id");
        @Nullable String clickId = body.optional("click_id");
        body.optional("program_id");
        body.optionalObject("meta_data");
        Subject subject = new Subject(null, customerId, null, clickId);
        @Nullable Answer refused = refused(call, subject);
        if (refused != null) {
            return refused;
        }
        Optional<Click> click = customerId == null
                ? Optional.empty()
                : customers.byExternalId(NAME, customerId).map(Customer::click);
        if (click.isEmpty() && clickId != null) {
            click = ledger.find(NAME, clickId);
        }
        Optional<Money> money = Money.ofMajorUnits(amount == null ? BigDecimal.ZERO : amount, settings.currency());
        if (click.isEmpty() || money.isEmpty()) {
            return invalid("the customer and the click are unknown, or the amount is no sum", subject);
        }
        Conversion.Receipt receipt = ledger.count(Conversion.sale(click.get(), external, money.get()));
        Subject paying = subject.referredBy(click.get()).paying(money.get());
        return receipt.fresh()
                ? new Answer(
                        201,
                        Map.of("id", "cv_" + receipt.id(), "external_id", external),
                        receipt.verdict(),
                        receipt.why(),
                        paying)
                : new Answer(
                        422, errorBody(422, "external_id is there already"), Verdict.DUPLICATE, receipt.why(), paying);
    }

    private @Nullable Answer refused(VendorCall call, Subject subject) {
        if (!settings.apiKey().equals(call.header("X-Api-Key"))) {
            String why = "the key in X-Api-Key is missing or unknown";
            return new Answer(401, errorBody(401, why), Verdict.UNAUTHORIZED, why, subject);
        }
        @Nullable String problem = call.body().problem();
        return problem == null ? null : invalid(problem, subject);
    }

    private Answer invalid(String why, Subject subject) {
        return new Answer(422, errorBody(422, why), Verdict.REJECTED, why, subject);
    }

    /** Tapfiliate's key, the program's currency, and the parameter of its links. */
    @ConfigurationProperties("sandbox.tapfiliate")
    record Settings(String apiKey, String currency, String linkParameter) {}
}
