package io.reftrail.samples.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Affitor, after docs/contracts/affitor.md section 3: clicks here, leads in {@link AffitorLeads}, sales and refunds in
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
    private final AffitorLeads leads;
    private final AffitorSales sales;

    AffitorDialect(
            SandboxSettings common,
            Settings settings,
            RandomIds ids,
            Ledger ledger,
            AffitorLeads leads,
            AffitorSales sales) {
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
        AffitorTestMode test = AffitorTestMode.of(body);
        @Nullable String problem = body.problem();
        if (problem != null) {
            return AffitorReplies.refused(400, problem, Subject.NOBODY);
        }
        if (test.on()) {
            return test.answer("click", null, ids, Subject.NOBODY);
        }
        Optional<String> code = AffiliateUrl.partner(url, vendor.landingParameter());
        if (code.isEmpty()) {
            String why = "affiliate_url must be an absolute URL with the parameter aff";
            return AffitorReplies.refused(400, why, Subject.NOBODY);
        }
        Subject subject = new Subject(code.get(), null, null, null);
        if (!vendor.partners().contains(code.get())) {
            return AffitorReplies.refused(400, "no referral link has this code", Subject.NOBODY);
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
}
