package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.ConnectedVendors.Checkout;
import io.reftrail.samples.sandbox.Customers.Customer;
import io.reftrail.samples.sandbox.Dialect.Answer;
import io.reftrail.samples.sandbox.Dialect.Endpoint;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.Dialect.Vendor;
import io.reftrail.samples.sandbox.Dialect.VendorCall;
import io.reftrail.samples.sandbox.Ledger.Click;
import io.reftrail.samples.sandbox.Ledger.Conversion;
import io.reftrail.samples.sandbox.LinkRoutes.AffiliateUrl;
import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Affitor, after docs/contracts/affitor.md section 3: clicks here, leads in {@link Leads}, sales and refunds in
 * {@link AffitorSales}. Events in test mode are logged and not attributed.
 *
 * <p>Where section 5 knows no answer: every accepted click gets an id of its own, whatever {@code existing_click_id}
 * says; a test event without {@code program_id} and token has a program of {@code null}; an error text without a
 * documented wording is the sandbox's own.
 */
@Component
final class AffitorDialect implements Dialect {

    static final String NAME = "affitor";

    private final Vendor vendor;
    private final Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;
    private final Leads leads;
    private final AffitorSales sales;

    AffitorDialect(
            SandboxSettings common, Settings settings, RandomIds ids, Ledger ledger, Leads leads, AffitorSales sales) {
        List<String> partners = new ArrayList<>(common.partners());
        partners.add(settings.inactivePartner());
        this.vendor = Vendor.withoutRedirect(NAME, "aff", partners);
        this.settings = settings;
        this.ids = ids;
        this.ledger = ledger;
        this.leads = leads;
        this.sales = sales;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/api/v1/track/click", CallKind.CLICK, this::click),
                Endpoint.post("/api/v1/track/lead", CallKind.LEAD, leads::current),
                Endpoint.post("/api/tracking/lead", CallKind.LEAD, leads::older),
                Endpoint.post("/api/v1/track/sale", CallKind.SALE, sales::sale),
                Endpoint.post("/api/v1/track/refund", CallKind.REFUND, sales::refund));
    }

    /** As docs/contracts/affitor.md section 4 says under privacy. */
    @Override
    public boolean hashesEmail() {
        return true;
    }

    @Override
    public Object errorBody(int status, String message) {
        return Map.of("error", message);
    }

    @Override
    public Optional<Answer> paid(Checkout checkout) {
        return sales.paid(checkout);
    }

    private Answer click(VendorCall call) {
        JsonBody body = call.body();
        @Nullable String url = body.optional("affiliate_url");
        for (String field : List.of(
                "page_url",
                "page_title",
                "referrer_url",
                "session_id",
                "user_agent",
                "screen_resolution",
                "viewport_size",
                "language",
                "timezone",
                "existing_click_id")) {
            body.optional(field);
        }
        TestMode test = TestMode.of(body);
        @Nullable String problem = body.problem();
        if (problem != null) {
            return Replies.refused(400, problem, Subject.NOBODY);
        }
        if (test.on()) {
            return test.answer("click", null, ids, Subject.NOBODY);
        }
        Optional<String> code = AffiliateUrl.partner(url, vendor.landingParameter());
        if (code.isEmpty()) {
            String why = "affiliate_url must be an absolute URL with the parameter aff";
            return Replies.refused(400, why, Subject.NOBODY);
        }
        Subject subject = new Subject(code.get(), null, null, null);
        if (!vendor.partners().contains(code.get())) {
            return Replies.refused(400, "no referral link has this code", Subject.NOBODY);
        }
        if (code.get().equals(settings.inactivePartner())) {
            String why = "Referral link is not active";
            return new Answer(200, Map.of("success", false, "message", why), Verdict.IGNORED, why, subject);
        }
        String id = "cust_" + ids.number() + '_' + System.currentTimeMillis();
        ledger.click(NAME, code.get(), id);
        Object reply = Map.of(
                "success",
                true,
                "click_id",
                id,
                "partner_code",
                code.get(),
                "cookie_window_days",
                settings.cookieWindowDays());
        String why = "click on a link of " + code.get();
        return new Answer(200, reply, Verdict.RECORDED, why, new Subject(code.get(), null, null, id));
    }

    /** Affitor's program, and what it is set to; see {@code sandbox.properties}. */
    @ConfigurationProperties("sandbox.affitor")
    record Settings(
            String token,
            String programId,
            boolean programActive,
            String inactivePartner,
            int cookieWindowDays,
            Duration attributionWindow,
            String expiredSale,
            String leadAuth) {

        boolean knows(@Nullable String bearer) {
            return token.equals(bearer);
        }
    }

    /** The replies that Affitor's endpoints share, docs/contracts/affitor.md section 3: an error is one text. */
    static final class Replies {

        private Replies() {}

        static Answer refused(int status, String why, Subject subject) {
            Verdict verdict = status == 401 ? Verdict.UNAUTHORIZED : Verdict.REJECTED;
            return new Answer(status, Map.of("error", why), verdict, why, subject);
        }
    }

    /**
     * The test mode of a call to Affitor, docs/contracts/affitor.md section 4: {@code additional_data.test_mode}, with
     * the program beside it where no token names one.
     */
    record TestMode(boolean on, @Nullable String programId) {

        static TestMode of(JsonBody body) {
            JsonBody more = body.within("additional_data");
            return new TestMode(more.flag("test_mode"), more.scalar("program_id"));
        }

        Answer answer(String what, @Nullable String tokensProgram, RandomIds ids, Subject subject) {
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("eventId", Math.floorMod(ids.next(12).hashCode(), 1_000_000));
            data.put("programId", tokensProgram == null ? programId : tokensProgram);
            data.put("test_mode", true);
            String why = "a " + what + " in test mode is not attributed";
            Object reply = Map.of("success", true, "message", "Test " + what + " recorded", "data", data);
            return new Answer(200, reply, Verdict.IGNORED, why, subject);
        }
    }

    /**
     * Affitor's two lead endpoints, docs/contracts/affitor.md sections 3.2 and 3.3. A click is a lead once: the current
     * endpoint calls a repeat a 400, the older one takes it.
     *
     * <p>Where section 5 knows no answer: the older endpoint's {@code customer_code} is the id of a click, and each
     * endpoint takes the field names of its own generation only.
     */
    @Component
    static final class Leads {

        private final AffitorDialect.Settings settings;
        private final RandomIds ids;
        private final Ledger ledger;
        private final Customers customers;

        Leads(AffitorDialect.Settings settings, RandomIds ids, Ledger ledger, Customers customers) {
            this.settings = settings;
            this.ids = ids;
            this.ledger = ledger;
            this.customers = customers;
        }

        Answer current(VendorCall call) {
            JsonBody body = call.body();
            @Nullable String clickId = body.optional("click_id");
            @Nullable String key = body.optional("customer_key");
            Subject subject = new Subject(null, key, body.optional("email"), clickId);
            body.optional("session_id");
            body.optional("page_url");
            TestMode test = TestMode.of(body);
            @Nullable String authorization = call.header("Authorization");
            if (authorization != null && !settings.knows(call.bearer())) {
                return Replies.refused(401, "Invalid API token", subject);
            }
            @Nullable String problem = body.problem();
            if (problem != null) {
                return Replies.refused(400, problem, subject);
            }
            if (test.on()) {
                return test.answer("lead", authorization == null ? null : settings.programId(), ids, subject);
            }
            if (blank(clickId) && blank(key)) {
                return Replies.refused(400, "click_id or customer_key is required", subject);
            }
            Optional<Click> click = find(clickId, key);
            if (click.isEmpty()) {
                return Replies.refused(400, "Customer not found", subject);
            }
            Subject referred = subject.referredBy(click.get());
            if (authorization == null && settings.leadAuth().equals("server_required")) {
                Object reply = Map.of("success", true, "message", "Lead is provisional", "provisional", true);
                return new Answer(200, reply, Verdict.IGNORED, "provisional until the server sends its own", referred);
            }
            Conversion.Receipt receipt = count(click.get(), key);
            return receipt.fresh()
                    ? new Answer(200, tracked(), receipt.verdict(), receipt.why(), referred)
                    : new Answer(
                            400,
                            Map.of("error", "status cannot be updated to lead"),
                            Verdict.DUPLICATE,
                            receipt.why(),
                            referred);
        }

        Answer older(VendorCall call) {
            JsonBody body = call.body();
            @Nullable String code = body.optional("customer_code");
            @Nullable String user = body.optional("user_id");
            Subject subject = new Subject(null, user, body.optional("email"), code);
            TestMode test = TestMode.of(body);
            if (!settings.knows(call.bearer())) {
                return Replies.refused(401, "Missing or invalid API token", subject);
            }
            if (!settings.programActive()) {
                return Replies.refused(403, "Program is not active", subject);
            }
            @Nullable String problem = body.problem();
            if (problem != null) {
                return Replies.refused(400, problem, subject);
            }
            if (test.on()) {
                return test.answer("lead", settings.programId(), ids, subject);
            }
            if (code == null || code.isEmpty() || blank(user)) {
                return Replies.refused(400, "Missing customer_code or user_id", subject);
            }
            Optional<Click> click = ledger.find(AffitorDialect.NAME, code);
            if (click.isEmpty()) {
                return Replies.refused(404, "Customer not found or not in this program", subject);
            }
            Conversion.Receipt receipt = count(click.get(), user);
            Map<String, Object> reply = new LinkedHashMap<>(tracked());
            reply.put("customer_code", code);
            return new Answer(200, reply, receipt.verdict(), receipt.why(), subject.referredBy(click.get()));
        }

        private Optional<Click> find(@Nullable String clickId, @Nullable String key) {
            Optional<Click> click = clickId == null ? Optional.empty() : ledger.find(AffitorDialect.NAME, clickId);
            return click.isPresent() || key == null
                    ? click
                    : customers.byExternalId(AffitorDialect.NAME, key).map(Customer::click);
        }

        private Conversion.Receipt count(Click click, @Nullable String key) {
            Conversion.Receipt receipt = ledger.count(Conversion.lead(click, click.id(), null));
            if (receipt.fresh()) {
                customers.add(click, blank(key) ? null : key, "lead");
            }
            return receipt;
        }

        private static Map<String, Object> tracked() {
            return Map.of("success", true, "message", "Lead tracked successfully");
        }

        private static boolean blank(@Nullable String value) {
            return value == null || value.isEmpty();
        }
    }
}
