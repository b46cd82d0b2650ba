package io.reftrail.samples.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Affitor's two lead endpoints, docs/contracts/affitor.md sections 3.2 and 3.3. A click is a lead once: the current endpoint
 * calls a repeat a 400, the older one takes it.
 *
 * <p>Where section 5 knows no answer: the older endpoint's {@code customer_code} is the id of a click, and each endpoint
 * takes the field names of its own generation only.
 */
@Component
final class AffitorLeads {

    private final AffitorDialect.Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;
    private final Customers customers;

    AffitorLeads(AffitorDialect.Settings settings, RandomIds ids, Ledger ledger, Customers customers) {
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
        AffitorTestMode test = AffitorTestMode.of(body);
        @Nullable String authorization = call.header("Authorization");
        if (authorization != null && !settings.knows(call.bearer())) {
            return AffitorReplies.refused(401, "Invalid API token", subject);
        }
        @Nullable String problem = body.problem();
        if (problem != null) {
            return AffitorReplies.refused(400, problem, subject);
        }
        if (test.on()) {
            return test.answer("lead", authorization == null ? null : settings.programId(), ids, subject);
        }
        if (blank(clickId) && blank(key)) {
            return AffitorReplies.refused(400, "click_id or customer_key is required", subject);
        }
        Optional<Click> click = find(clickId, key);
        if (click.isEmpty()) {
            return AffitorReplies.refused(400, "Customer not found", subject);
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
        AffitorTestMode test = AffitorTestMode.of(body);
        if (!settings.knows(call.bearer())) {
            return AffitorReplies.refused(401, "Missing or invalid API token", subject);
        }
        if (!settings.programActive()) {
            return AffitorReplies.refused(403, "Program is not active", subject);
        }
        @Nullable String problem = body.problem();
        if (problem != null) {
            return AffitorReplies.refused(400, problem, subject);
        }
        if (test.on()) {
            return test.answer("lead", settings.programId(), ids, subject);
        }
        if (code == null || code.isEmpty() || blank(user)) {
            return AffitorReplies.refused(400, "Missing customer_code or user_id", subject);
        }
        Optional<Click> click = ledger.find(AffitorDialect.NAME, code);
        if (click.isEmpty()) {
            return AffitorReplies.refused(404, "Customer not found or not in this program", subject);
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
