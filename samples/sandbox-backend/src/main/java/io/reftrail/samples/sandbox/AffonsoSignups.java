package io.reftrail.samples.sandbox;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Affonso's sign-ups, docs/contracts/affonso.md section 3.2: one for each click, and what the fraud checks block is a 201 with
 * the status {@code rejected}. An address of a disposable domain is blocked, and that of the partner whose click it was.
 *
 * <p>The sandbox keeps no addresses, so a repeat shows the address it came with and not that of the first call.
 */
@Component
final class AffonsoSignups {

    static final String REJECTED = "rejected";

    private static final String NAME = AffonsoDialect.NAME;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+[.][^@\\s.]+");

    private final AffonsoDialect.Settings settings;
    private final Ledger ledger;
    private final Customers customers;

    AffonsoSignups(AffonsoDialect.Settings settings, Ledger ledger, Customers customers) {
        this.settings = settings;
        this.ledger = ledger;
        this.customers = customers;
    }

    Answer signup(VendorCall call) {
        JsonBody body = call.body();
        String clickId = body.required("click_id");
        @Nullable String email = body.optional("email");
        @Nullable String user = body.optional("external_user_id");
        @Nullable String name = body.optional("name");
        Subject subject = new Subject(null, user, email, clickId);
        if ((email == null || email.isEmpty()) && (user == null || user.isEmpty())) {
            body.refuse("email or external_user_id is required");
        }
        if (email != null && !EMAIL.matcher(email).matches()) {
            body.refuse("email is not an address");
        }
        if (name != null && name.length() > 255) {
            body.refuse("name is longer than 255 characters");
        }
        @Nullable String problem = body.problem();
        if (problem != null) {
            return AffonsoReplies.invalid(problem, subject);
        }
        return ledger.find(NAME, clickId)
                .map(click -> convert(click, email, user, name, subject.referredBy(click)))
                .orElseGet(() -> AffonsoReplies.notFound("no click of this team has this id", subject));
    }

    private synchronized Answer convert(
            Click click, @Nullable String email, @Nullable String user, @Nullable String name, Subject subject) {
        Optional<Customer> known = customers.byClick(NAME, click.id());
        if (known.isPresent()) {
            Object reply = referral(click, known.get().status(), email, name);
            return new Answer(200, reply, Verdict.DUPLICATE, "this click was converted before", subject);
        }
        @Nullable String fraud = email == null ? null : fraud(click, email);
        String status = fraud == null ? "lead" : REJECTED;
        customers.add(click, user, status);
        Object reply = referral(click, status, email, name);
        if (fraud != null) {
            return new Answer(201, reply, Verdict.IGNORED, "blocked by the fraud checks: " + fraud, subject);
        }
        Conversion.Receipt receipt = ledger.count(Conversion.lead(click, click.id(), null));
        return new Answer(201, reply, receipt.verdict(), receipt.why(), subject);
    }

    private @Nullable String fraud(Click click, String email) {
        String lower = email.toLowerCase(Locale.ROOT);
        if (settings.disposableDomains().contains(lower.substring(lower.lastIndexOf('@') + 1))) {
            return "a disposable address";
        }
        return lower.equals(click.partner() + Partners.DOMAIN) ? "a self-referral of the partner" : null;
    }

    private Object referral(Click click, String status, @Nullable String email, @Nullable String name) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("id", click.id());
        data.put("affiliate_id", "aff_" + click.partner());
        data.put("program_id", settings.programId());
        data.put("email", email);
        data.put("customer_id", null);
        data.put("subscription_id", null);
        data.put("status", status);
        data.put("name", name);
        data.put("metadata", null);
        data.put("created_at", click.at().toString());
        data.put("converted_at", null);
        return AffonsoReplies.success(data);
    }
}
