package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Rewardful, after docs/contracts/rewardful.md: leads and sales of section 3 as forms, and no deduplication of sales.
 *
 * <p>In place of the page script, which alone makes a referral, a link of the sandbox makes one and hands it over in
 * {@code referral}, as section 2 knows it from other domains. Where section 5 knows no answer: an unknown referral of a sale is
 * 422.
 */
@Component
final class RewardfulDialect implements Dialect {

    static final String NAME = "rewardful";

    private static final List<String> AMOUNTS =
            List.of("charge_amount_cents", "refund_amount_cents", "tax_amount_cents");

    private final Vendor vendor;
    private final Settings settings;
    private final Ledger ledger;
    private final Customers customers;
    private final Sales sales;

    RewardfulDialect(SandboxSettings common, Settings settings, Ledger ledger, Customers customers, Sales sales) {
        this.vendor = Vendor.withRedirect(NAME, "/rewardful/links/", "referral", common.partners());
        this.settings = settings;
        this.ledger = ledger;
        this.customers = customers;
        this.sales = sales;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public String follow(String partner) {
        return ledger.click(NAME, partner, UUID.randomUUID().toString());
    }

    @Override
    public boolean takesForms() {
        return true;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/referrals/{id}/lead", CallKind.LEAD, this::lead),
                Endpoint.post("/sales", CallKind.SALE, this::sale),
                Endpoint.put("/sales/{id}", CallKind.REFUND, this::update));
    }

    @Override
    public Object errorBody(int status, String message) {
        return Map.of("error", message);
    }

    private Answer lead(VendorCall call) {
        String id = call.path().getOrDefault("id", "");
        JsonBody body = call.body();
        @Nullable String email = body.optional("customer_email");
        body.optional("customer_name");
        time(body, "became_lead_at", false);
        Subject subject = new Subject(null, null, email, id);
        @Nullable Answer refused = refused(call, subject);
        if (refused != null) {
            return refused;
        }
        Optional<Click> click = ledger.find(NAME, id);
        if (click.isEmpty()) {
            return new Answer(
                    404, errorBody(404, "Referral not found: " + id), Verdict.REJECTED, "no such referral", subject);
        }
        Conversion.Receipt receipt = ledger.count(Conversion.lead(click.get(), id, null));
        if (receipt.fresh()) {
            customers.add(click.get(), id, "lead");
        }
        Map<String, Object> referral = Map.of("id", id, "conversion_state", "lead");
        return new Answer(200, referral, receipt.verdict(), receipt.why(), subject.referredBy(click.get()));
    }

    private Answer sale(VendorCall call) {
        JsonBody body = call.body();
        String referral = body.required("referral_id");
        Map<String, Object> sale = read(body);
        Subject subject = new Subject(null, null, null, referral);
        @Nullable Answer refused = refused(call, subject);
        if (refused != null) {
            return refused;
        }
        Optional<Click> click = ledger.find(NAME, referral);
        if (click.isEmpty()) {
            return invalid("Referral must exist", subject);
        }
        Money money = new Money(cents(sale, "charge_amount_cents"), String.valueOf(sale.get("currency")));
        Conversion.Receipt receipt = ledger.count(Conversion.sale(click.get(), null, money));
        sale.put("id", receipt.id());
        return new Answer(
                200,
                sale,
                receipt.verdict(),
                receipt.why(),
                subject.referredBy(click.get()).paying(money));
    }

    private static long cents(Map<String, Object> sale, String field) {
        return (long) Objects.requireNonNull(sale.get(field));
    }

    private Answer update(VendorCall call) {
        String id = call.path().getOrDefault("id", "");
        JsonBody body = call.body();
        String referral = body.required("referral_id");
        Map<String, Object> sale = read(body);
        Subject subject = new Subject(null, null, null, referral);
        @Nullable Answer refused = refused(call, subject);
        if (refused != null) {
            return refused;
        }
        Optional<Sale> known = sales.byId(NAME, id);
        if (known.isEmpty()) {
            return new Answer(404, errorBody(404, "Sale not found: " + id), Verdict.REJECTED, "no such sale", subject);
        }
        long total = cents(sale, "refund_amount_cents");
        long more = total - known.get().refunded();
        if (total > known.get().money().minorUnits() || (more > 0 && !sales.refund(known.get(), more))) {
            return invalid("Refund amount is larger than the charge", subject);
        }
        sale.put("id", id);
        Money money = new Money(total, known.get().money().currency());
        Subject refunded =
                new Subject(known.get().partner(), null, null, known.get().clickId(), money);
        return new Answer(200, sale, Verdict.RECORDED, "the sale is updated", refunded);
    }

    private static Map<String, Object> read(JsonBody body) {
        Map<String, Object> sale = new LinkedHashMap<>();
        for (String field : List.of("external_id", "currency")) {
            sale.put(field, body.required(field));
        }
        for (String field : List.of("charged_at", "invoiced_at")) {
            sale.put(field, time(body, field, true));
        }
        for (String field : AMOUNTS) {
            String amount = body.required(field);
            if (!amount.matches("[0-9]{1,15}")) {
                body.refuse(field + " must be a number of cents");
            }
            sale.put(field, amount.matches("[0-9]{1,15}") ? Long.parseLong(amount) : 0L);
        }
        body.optional("label");
        return sale;
    }

    private static String time(JsonBody body, String field, boolean required) {
        @Nullable String time = required ? body.required(field) : body.optional(field);
        try {
            return time == null || time.isEmpty() ? "" : Instant.parse(time).toString();
        } catch (DateTimeParseException noTime) {
            body.refuse(field + " must be an ISO 8601 time");
            return "";
        }
    }

    private @Nullable Answer refused(VendorCall call, Subject subject) {
        String basic = "Basic "
                + Base64.getEncoder().encodeToString((settings.apiKey() + ":").getBytes(StandardCharsets.UTF_8));
        if (!basic.equals(call.header("Authorization"))) {
            return new Answer(
                    401,
                    errorBody(401, "Invalid API Secret."),
                    Verdict.UNAUTHORIZED,
                    "the API secret is missing or unknown",
                    subject);
        }
        @Nullable String problem = call.body().problem();
        return problem == null ? null : invalid(problem, subject);
    }

    private static Answer invalid(String problem, Subject subject) {
        return new Answer(
                422,
                Map.of("error", "Invalid parameters.", "details", List.of(problem)),
                Verdict.REJECTED,
                problem,
                subject);
    }

    /** Rewardful's API secret. */
    @ConfigurationProperties("sandbox.rewardful")
    record Settings(String apiKey) {}
}
