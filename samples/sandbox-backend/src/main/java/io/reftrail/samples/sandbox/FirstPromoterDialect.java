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
import java.time.Duration;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * FirstPromoter v2, after docs/contracts/firstpromoter.md: sign-up, sale, refund and cancellation of section 3.
 *
 * <p>Where section 5 knows no answer: a wrong key or account is 401 with one message; an address that is refused is 422; the cancellation
 * of somebody unknown is 404 as for a sale; a repeated one is answered as the first one was.
 */
@Component
final class FirstPromoterDialect implements Dialect {

    static final String NAME = "firstpromoter";

    private static final String CANCELLED = "cancelled";

    private final Vendor vendor;
    private final Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;
    private final Customers customers;
    private final Sales sales;
    private final Claims claims;

    FirstPromoterDialect(
            SandboxSettings common,
            Settings settings,
            RandomIds ids,
            Ledger ledger,
            Customers customers,
            Sales sales,
            Claims claims) {
        this.vendor = Vendor.withoutRedirect(NAME, "fpr", common.partners());
        this.settings = settings;
        this.ids = ids;
        this.ledger = ledger;
        this.customers = customers;
        this.sales = sales;
        this.claims = claims;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/signup", CallKind.LEAD, call -> checked(call, this::signUp)),
                Endpoint.post("/sale", CallKind.SALE, call -> checked(call, this::sale)),
                Endpoint.post("/refund", CallKind.REFUND, call -> checked(call, this::refund)),
                Endpoint.post("/cancellation", CallKind.CANCELLATION, call -> checked(call, this::cancel)));
    }

    @Override
    public Object errorBody(int status, String message) {
        return Map.of("message", message);
    }

    /** What a call reports, once its credentials are right. */
    @FunctionalInterface
    private interface Report {
        Answer answer(JsonBody body, @Nullable String uid, @Nullable String email);
    }

    private Answer checked(VendorCall call, Report report) {
        JsonBody body = call.body();
        @Nullable String uid = body.optional("uid");
        @Nullable String email = body.optional("email");
        Subject subject = new Subject(null, uid, email, null);
        if (!settings.apiKey().equals(call.bearer()) || !settings.accountId().equals(call.header("Account-ID"))) {
            return refused(401, Verdict.UNAUTHORIZED, "the API key or the Account-ID is wrong", subject);
        }
        if (uid == null && email == null) {
            return refused(400, Verdict.REJECTED, "Error. Email and uid can not be blank!", subject);
        }
        return report.answer(body, uid, email);
    }

    private Answer signUp(JsonBody body, @Nullable String uid, @Nullable String email) {
        @Nullable String referral = body.optional("ref_id");
        @Nullable String tracking = body.optional("tid");
        body.optional("created_at");
        Subject subject = new Subject(referral, uid, email, tracking);
        if (body.problem() != null) {
            return refused(400, Verdict.REJECTED, body.problem(), subject);
        }
        if (referral == null || !vendor.partners().contains(referral)) {
            return refused(404, Verdict.REJECTED, "Visitor  invalid, not found", subject);
        }
        String customer = uid == null ? String.valueOf(email) : uid;
        if (customers.byExternalId(NAME, customer).isPresent()) {
            return new Answer(
                    422,
                    Map.of("transaction_id", "there is already a signup event registered on this lead"),
                    Verdict.DUPLICATE,
                    "this customer has signed up before",
                    subject);
        }
        Click click =
                ledger.find(NAME, ledger.click(NAME, referral, ids.next(16))).orElseThrow();
        customers.add(click, customer, "lead");
        Conversion.Receipt receipt = ledger.count(Conversion.lead(click, customer, null));
        return new Answer(200, event("signup", uid, email, null), receipt.verdict(), receipt.why(), subject);
    }

    private Answer sale(JsonBody body, @Nullable String uid, @Nullable String email) {
        String event = body.required("event_id");
        long amount = body.requiredMinorUnits("amount");
        String currency = body.has("currency") ? String.valueOf(body.optional("currency")) : settings.currency();
        Subject subject = new Subject(null, uid, email, null);
        if (body.problem() != null || amount == 0) {
            return refused(400, Verdict.REJECTED, "Error. Amount blank or invalid.", subject);
        }
        Optional<Customer> customer = customers.byExternalId(NAME, uid == null ? String.valueOf(email) : uid);
        if (customer.isEmpty()) {
            return unknown(subject);
        }
        Money money = money(amount, currency);
        Conversion.Receipt receipt = ledger.count(Conversion.sale(customer.get().click(), event, money));
        Subject paying = subject.referredBy(customer.get().click()).paying(money);
        return receipt.fresh()
                ? new Answer(200, event("sale", uid, email, amount), receipt.verdict(), receipt.why(), paying)
                : duplicate("sale", event, paying);
    }

    private Answer refund(JsonBody body, @Nullable String uid, @Nullable String email) {
        String event = body.required("event_id");
        String amount = body.required("amount");
        @Nullable String sold = body.optional("sale_event_id");
        Subject subject = new Subject(null, uid, email, null);
        if (body.problem() != null || !amount.matches("[1-9][0-9]{0,15}")) {
            return refused(400, Verdict.REJECTED, "Error. Amount blank or invalid.", subject);
        }
        Optional<Sale> sale = sold == null ? Optional.empty() : sales.byKey(NAME, sold);
        if (sale.isEmpty()) {
            return new Answer(204, null, Verdict.IGNORED, "there is no such sale", subject);
        }
        if (claims.take(NAME, "refund " + event, Duration.ofDays(3650), "taken").isPresent()) {
            return duplicate("refund", event, subject);
        }
        Money money = money(Long.parseLong(amount), sale.get().money().currency());
        Subject refunded =
                new Subject(sale.get().partner(), uid, email, sale.get().clickId(), money);
        return sales.refund(sale.get(), money.minorUnits())
                ? new Answer(200, event("refund", uid, email, -1L), Verdict.RECORDED, "taken back", refunded)
                : refused(400, Verdict.REJECTED, "Error. Amount blank or invalid.", refunded);
    }

    private Answer cancel(JsonBody body, @Nullable String uid, @Nullable String email) {
        Subject subject = new Subject(null, uid, email, null);
        Optional<Customer> customer = customers.byExternalId(NAME, uid == null ? String.valueOf(email) : uid);
        if (body.problem() != null || customer.isEmpty()) {
            return unknown(subject);
        }
        boolean repeated = customer.get().status().equals(CANCELLED);
        customers.mark(customer.get(), CANCELLED);
        Map<String, @Nullable Object> lead = new LinkedHashMap<>();
        lead.put("id", ids.number());
        lead.put("state", CANCELLED);
        lead.put("email", email);
        lead.put("uid", uid);
        Map<String, @Nullable Object> reply = new LinkedHashMap<>();
        reply.put("id", ids.number());
        reply.put("type", "cancellation");
        reply.put("amount_cents", null);
        reply.put("reward", null);
        reply.put("lead", lead);
        String why = repeated ? "the customer was cancelled before" : "the customer is cancelled";
        return new Answer(
                200,
                reply,
                repeated ? Verdict.DUPLICATE : Verdict.RECORDED,
                why,
                subject.referredBy(customer.get().click()));
    }

    /** Amounts are hundredths, but whole where a currency has no decimals (section 4). */
    private static Money money(long amount, String currency) {
        int digits = Math.max(
                0, Currency.getInstance(currency.toUpperCase(Locale.ROOT)).getDefaultFractionDigits());
        return new Money(digits == 3 ? amount * 10 : amount, currency);
    }

    private Map<String, @Nullable Object> event(
            String type, @Nullable String uid, @Nullable String email, @Nullable Long amount) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("id", ids.number());
        event.put("etype", type);
        event.put("sale_amount", amount);
        event.put("original_sale_amount", amount);
        event.put("original_sale_currency", null);
        Map<String, @Nullable Object> referral = new LinkedHashMap<>();
        referral.put("id", ids.number());
        referral.put("email", email);
        referral.put("uid", uid);
        event.put("referral", referral);
        event.put("commissions", List.of());
        return event;
    }

    private Answer duplicate(String kind, String event, Subject subject) {
        String why = "The '" + kind + "' event with the id '" + event + "' already exists.";
        return new Answer(409, errorBody(409, why), Verdict.DUPLICATE, "this " + kind + " was counted before", subject);
    }

    private static Answer unknown(Subject subject) {
        return new Answer(
                404,
                Map.of(
                        "message", "Referral corresponding to email or uid parameter not found or promoter is banned.",
                        "code", "not_found"),
                Verdict.IGNORED,
                "nobody has referred this customer",
                subject);
    }

    private Answer refused(int status, Verdict verdict, String why, Subject subject) {
        return new Answer(status, errorBody(status, why), verdict, why, subject);
    }

    /** FirstPromoter's key, account and default currency. */
    @ConfigurationProperties("sandbox.firstpromoter")
    record Settings(String apiKey, String accountId, String currency) {}
}
