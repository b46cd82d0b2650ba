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
import io.reftrail.samples.sandbox.Ledger.Sale;
import io.reftrail.samples.sandbox.Ledger.Sales;
import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Tolt v2, after docs/contracts/tolt.md: click, customer, transaction and refund of section 3, each with the id that the one
 * before has answered.
 *
 * <p>Where section 5 knows no answer: an unknown link is 400 {@code invalid_reference}; a repetition of a customer does not
 * name the customer's id.
 */
@Component
final class ToltDialect implements Dialect {

    static final String NAME = "tolt";

    private final Vendor vendor;
    private final Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;
    private final Customers customers;
    private final Sales sales;

    ToltDialect(
            SandboxSettings common, Settings settings, RandomIds ids, Ledger ledger, Customers customers, Sales sales) {
        this.vendor = Vendor.withoutRedirect(NAME, settings.linkParameter(), common.partners());
        this.settings = settings;
        this.ids = ids;
        this.ledger = ledger;
        this.customers = customers;
        this.sales = sales;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/v2/clicks", CallKind.CLICK, this::click),
                Endpoint.post("/v2/customers", CallKind.LEAD, this::customer),
                Endpoint.post("/v2/transactions", CallKind.SALE, this::transaction),
                Endpoint.post("/v2/transactions/{id}/refund", CallKind.REFUND, this::refund));
    }

    @Override
    public Object errorBody(int status, String message) {
        return error(status == 401 ? "unauthorized" : status == 429 ? "rate_limited" : "bad_request", message);
    }

    private static Object error(String code, String message) {
        return Map.of(
                "success", false, "message", message, "code", code, "doc_url", "https://docs.tolt.com/errors#" + code);
    }

    private Answer click(VendorCall call) {
        JsonBody body = call.body();
        String parameter = body.required("param");
        String value = body.required("value");
        body.optional("page");
        body.optional("referrer");
        @Nullable Answer refused = refused(call, Subject.NOBODY);
        if (refused != null) {
            return refused;
        }
        if (!parameter.equals(settings.linkParameter()) || !vendor.partners().contains(value)) {
            return rejected(400, "invalid_reference", "no link has this parameter and value", Subject.NOBODY);
        }
        String id = ledger.click(NAME, value, "clk_" + ids.next(16));
        return created(
                Map.of("id", id, "partner_id", "part_" + value),
                "click on a link of " + value,
                new Subject(value, null, null, id));
    }

    private Answer customer(VendorCall call) {
        JsonBody body = call.body();
        @Nullable String email = body.nullable("email", 255);
        @Nullable String own = body.nullable("customer_id", 255);
        String partner = body.required("partner_id");
        @Nullable String clickId = body.optional("click_id");
        body.optional("name");
        Subject subject = new Subject(null, own, email, clickId);
        @Nullable Answer refused = refused(call, subject);
        if (refused != null) {
            return refused;
        }
        if (email == null && own == null) {
            return rejected(400, "validation_error", "email or customer_id is required", subject);
        }
        Optional<Click> click = clickId == null ? Optional.empty() : ledger.find(NAME, clickId);
        if (click.isEmpty() || !partner.equals("part_" + click.get().partner())) {
            return rejected(400, "invalid_reference", "click_id or partner_id is unknown", subject);
        }
        String key = own == null ? String.valueOf(email) : own;
        Conversion.Receipt receipt = ledger.count(Conversion.lead(click.get(), key, null));
        if (!receipt.fresh()) {
            return new Answer(
                    409,
                    error("already_exists", "a customer with these details exists"),
                    Verdict.DUPLICATE,
                    receipt.why(),
                    subject.referredBy(click.get()));
        }
        String id = "cus_" + ids.next(16);
        customers.add(click.get(), id, "lead");
        return created(Map.of("id", id, "status", "lead"), receipt.why(), subject.referredBy(click.get()));
    }

    private Answer transaction(VendorCall call) {
        JsonBody body = call.body();
        String customerId = body.required("customer_id");
        long amount = body.requiredMinorUnits("amount");
        @Nullable String charge = body.optional("charge_id");
        @Nullable String type = body.optional("billing_type");
        @Nullable String interval = body.optional("interval");
        body.optional("source");
        if (type != null && !List.of("one_time", "subscription").contains(type)) {
            body.refuse("billing_type must be one_time or subscription");
        }
        if (interval != null && !List.of("month", "year").contains(interval)) {
            body.refuse("interval must be month or year");
        }
        Money money = new Money(amount, settings.currency());
        Subject subject = new Subject(null, customerId, null, null, money);
        @Nullable Answer refused = refused(call, subject);
        if (refused != null) {
            return refused;
        }
        Optional<Customer> customer = customers.byExternalId(NAME, customerId);
        if (customer.isEmpty()) {
            return rejected(400, "invalid_reference", "customer_id is unknown", subject);
        }
        String key = charge == null || charge.isEmpty() ? null : customerId + " " + charge;
        Conversion.Receipt receipt = ledger.count(Conversion.sale(customer.get().click(), key, money));
        Subject paying = subject.referredBy(customer.get().click()).paying(money);
        if (!receipt.fresh()) {
            return new Answer(
                    409, error("already_exists", "the charge exists"), Verdict.DUPLICATE, receipt.why(), paying);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", "txn_" + receipt.id());
        data.put("amount", Long.toString(amount));
        data.put("created_at", Instant.now().toString());
        return created(data, receipt.why(), paying);
    }

    private Answer refund(VendorCall call) {
        String id = call.path().getOrDefault("id", "");
        if (!settings.apiKey().equals(call.bearer())) {
            return rejected(401, "unauthorized", "the API key is missing or unknown", Subject.NOBODY);
        }
        Optional<Sale> sale = id.startsWith("txn_") ? sales.byId(NAME, id.substring(4)) : Optional.empty();
        if (sale.isEmpty()) {
            return rejected(404, "not_found", "no transaction has this id", Subject.NOBODY);
        }
        Subject subject = new Subject(
                sale.get().partner(),
                null,
                null,
                sale.get().clickId(),
                sale.get().money());
        if (!sales.refund(sale.get(), sale.get().money().minorUnits())) {
            return new Answer(
                    409,
                    error("transaction_refunded", "it was refunded before"),
                    Verdict.DUPLICATE,
                    "this transaction was refunded before",
                    subject);
        }
        return new Answer(
                200,
                Map.of("success", true, "data", Map.of("id", id, "status", "refunded")),
                Verdict.RECORDED,
                "taken back as a whole",
                subject);
    }

    private @Nullable Answer refused(VendorCall call, Subject subject) {
        if (!settings.apiKey().equals(call.bearer())) {
            return new Answer(
                    401,
                    error("unauthorized", "the API key is missing or unknown"),
                    Verdict.UNAUTHORIZED,
                    "the API key is missing or unknown",
                    subject);
        }
        @Nullable String problem = call.body().problem();
        return problem == null ? null : rejected(400, "validation_error", problem, subject);
    }

    private static Answer created(Map<String, ?> data, String why, Subject subject) {
        return new Answer(
                201, Map.of("success", true, "message", "created", "data", data), Verdict.RECORDED, why, subject);
    }

    private static Answer rejected(int status, String code, String why, Subject subject) {
        return new Answer(
                status, error(code, why), status == 401 ? Verdict.UNAUTHORIZED : Verdict.REJECTED, why, subject);
    }

    /** Tolt's key, the program's currency, and the parameter of its links. */
    @ConfigurationProperties("sandbox.tolt")
    record Settings(String apiKey, String currency, String linkParameter) {}
}
