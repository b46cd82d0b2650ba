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
import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings.Partners;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Affonso, after docs/contracts/affonso.md: the keys of section 3.7, the limit and its headers, and which endpoint is
 * where. They are implemented in {@link Clicks}, {@link Signups} and {@link AffonsoConversions}.
 *
 * <p>Where section 5 knows no answer: the status of a disabled and of an expired key is 401, that of a key without the
 * permission 403; the limit is that of the smallest plan, without the burst.
 */
@Component
final class AffonsoDialect implements Dialect {

    static final String NAME = "affonso";

    private final Vendor vendor;
    private final Settings settings;
    private final RateLimits limits;
    private final Ledger ledger;
    private final Clicks clicks;
    private final Signups signups;
    private final AffonsoConversions conversions;

    AffonsoDialect(
            SandboxSettings common,
            Settings settings,
            RateLimits limits,
            Ledger ledger,
            Clicks clicks,
            Signups signups,
            AffonsoConversions conversions) {
        List<String> partners = new ArrayList<>(common.partners());
        partners.add(settings.inactivePartner());
        this.vendor = Vendor.withoutRedirect(NAME, "atp", partners);
        this.settings = settings;
        this.limits = limits;
        this.ledger = ledger;
        this.clicks = clicks;
        this.signups = signups;
        this.conversions = conversions;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/v1/clicks", CallKind.CLICK, guarded(clicks::click)),
                Endpoint.post("/v1/signups", CallKind.LEAD, guarded(signups::signup)),
                Endpoint.post("/v1/conversions", CallKind.SALE, guarded(conversions::convert)),
                Endpoint.post("/v1/conversions/{id}/refund", CallKind.REFUND, guarded(conversions::refund)),
                Endpoint.post("/v1/events", CallKind.TRIAL, guarded(conversions::trial)));
    }

    /** The click id in the metadata, or as Stripe's reference (section 3.9). */
    @Override
    public Optional<Answer> paid(ConnectedVendors.Checkout checkout) {
        @Nullable String named = checkout.value("affonso_referral");
        @Nullable String id = named == null ? checkout.clientReferenceId() : named;
        return (id == null ? Optional.<Click>empty() : ledger.find(NAME, id)).map(click -> {
            var receipt = ledger.count(Conversion.sale(click, checkout.invoiceId(), checkout.money()));
            Subject subject = new Subject(click.partner(), null, null, id, checkout.money());
            return new Answer(200, null, receipt.verdict(), receipt.why(), subject);
        });
    }

    @Override
    public Object errorBody(int status, String message) {
        return Replies.error(Replies.code(status), message);
    }

    private Function<VendorCall, Answer> guarded(Function<VendorCall, Answer> handler) {
        return call -> {
            RateLimits.Allowance allowance = limits.take(NAME + call.header("Authorization"), settings.rateLimit());
            Map<String, String> headers = Map.of(
                    "X-RateLimit-Limit", String.valueOf(allowance.limit()),
                    "X-RateLimit-Remaining", String.valueOf(allowance.remaining()),
                    "X-RateLimit-Reset", String.valueOf(allowance.reset().getEpochSecond()));
            if (allowance.exceeded()) {
                return Replies.limited(allowance.secondsLeft(), headers);
            }
            @Nullable Answer refusal = refusal(call);
            return (refusal == null ? handler.apply(call) : refusal).with(headers);
        };
    }

    private @Nullable Answer refusal(VendorCall call) {
        @Nullable String key = call.bearer();
        if (call.header("Authorization") == null) {
            return Replies.refused(401, "MISSING_API_KEY", "the header Authorization is missing");
        }
        if (key == null || !key.startsWith("sk_live_")) {
            return Replies.refused(401, "INVALID_API_KEY_FORMAT", "the key does not begin with sk_live_");
        }
        if (key.equals(settings.disabledKey())) {
            return Replies.refused(401, "API_KEY_DISABLED", "the key was disabled");
        }
        if (key.equals(settings.expiredKey())) {
            return Replies.refused(401, "API_KEY_EXPIRED", "the key has expired");
        }
        if (key.equals(settings.readonlyKey())) {
            return Replies.refused(403, "INSUFFICIENT_PERMISSIONS", "the key may only read");
        }
        return key.equals(settings.apiKey()) ? null : Replies.refused(401, "INVALID_API_KEY", "the key is unknown");
    }

    /** Affonso's keys and program, whose clicks do not count, and how many calls a key has in a minute. */
    @ConfigurationProperties("sandbox.affonso")
    record Settings(
            String apiKey,
            String disabledKey,
            String expiredKey,
            String readonlyKey,
            String programId,
            String inactivePartner,
            List<String> disposableDomains,
            int rateLimit) {}

    /** The two envelopes of Affonso's, docs/contracts/affonso.md section 3 and 3.7. */
    static final class Replies {

        private Replies() {}

        static Object success(Map<String, @Nullable Object> data) {
            return Map.of("success", true, "data", data);
        }

        static Object error(String code, String message) {
            return Map.of("success", false, "error", Map.of("code", code, "message", message));
        }

        /** The code that goes with a status; a status without one has a word of the sandbox's own. */
        static String code(int status) {
            return switch (status) {
                case 400 -> "VALIDATION_ERROR";
                case 401 -> "UNAUTHORIZED";
                case 403 -> "FORBIDDEN";
                case 404 -> "NOT_FOUND";
                case 409 -> "DUPLICATE_ERROR";
                case 429 -> "RATE_LIMIT_EXCEEDED";
                default -> "INTERNAL_ERROR";
            };
        }

        static Answer refused(int status, String code, String why) {
            Verdict verdict = status == 401 || status == 403 ? Verdict.UNAUTHORIZED : Verdict.REJECTED;
            return new Answer(status, error(code, why), verdict, why, Subject.NOBODY);
        }

        static Answer invalid(String why, Subject subject) {
            Object body = Map.of(
                    "success",
                    false,
                    "error",
                    Map.of("code", code(400), "message", why, "details", List.of(Map.of("message", why))));
            return new Answer(400, body, Verdict.REJECTED, why, subject);
        }

        static Answer notFound(String why, Subject subject) {
            return new Answer(404, error(code(404), why), Verdict.REJECTED, why, subject);
        }

        static Answer limited(long seconds, Map<String, String> headers) {
            String why = "more calls in a minute than the key may make";
            Object error = Map.of("code", code(429), "message", why, "retryAfter", seconds);
            Map<String, String> all = new TreeMap<>(headers);
            all.put("Retry-After", String.valueOf(seconds));
            Object body = Map.of("success", false, "error", error);
            return new Answer(429, body, Verdict.REJECTED, why, Subject.NOBODY, all);
        }
    }

    /**
     * Affonso's click endpoint, docs/contracts/affonso.md section 3.1: every accepted call is a click of its own.
     *
     * <p>Where section 5 knows no answer: an unknown program, an unknown tracking id and one without an approved
     * partnership are 404.
     */
    @Component
    static final class Clicks {

        private static final Map<String, Integer> LONGEST = Map.of("referrer", 2000, "ip", 45, "userAgent", 1000);
        private static final List<String> OTHERS = List.of(
                "sub1",
                "sub2",
                "sub3",
                "sub4",
                "sub5",
                "utmSource",
                "utmMedium",
                "utmCampaign",
                "utmTerm",
                "utmContent",
                "gclid",
                "fbclid",
                "msclkid",
                "ttclid");

        private final SandboxSettings common;
        private final AffonsoDialect.Settings settings;
        private final RandomIds ids;
        private final Ledger ledger;

        Clicks(SandboxSettings common, AffonsoDialect.Settings settings, RandomIds ids, Ledger ledger) {
            this.common = common;
            this.settings = settings;
            this.ids = ids;
            this.ledger = ledger;
        }

        Answer click(VendorCall call) {
            JsonBody body = call.body();
            String program = body.required("programId");
            String tracking = body.required("trackingId");
            LONGEST.forEach((field, longest) -> check(body, field, longest));
            OTHERS.forEach(field -> check(body, field, 255));
            body.optional("createdAt");
            @Nullable String problem = body.problem();
            if (problem != null) {
                return Replies.invalid(problem, Subject.NOBODY);
            }
            Subject subject = new Subject(null, null, null, null);
            if (!program.equals(settings.programId())) {
                return Replies.notFound("no program of this team has this id", subject);
            }
            if (!common.partners().contains(tracking)) {
                String why = tracking.equals(settings.inactivePartner())
                        ? "the affiliate has no approved partnership with the program"
                        : "no affiliate has this tracking id";
                return Replies.notFound(why, subject);
            }
            Click click = ledger.find(
                            AffonsoDialect.NAME, ledger.click(AffonsoDialect.NAME, tracking, "clk_" + ids.next(20)))
                    .orElseThrow();
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            data.put("id", click.id());
            data.put("tracking_id", tracking);
            data.put("program_id", program);
            data.put("created_at", click.at().truncatedTo(ChronoUnit.MILLIS).toString());
            String why = "click on a link of " + tracking;
            return new Answer(201, Replies.success(data), Verdict.RECORDED, why, subject.referredBy(click));
        }

        private static void check(JsonBody body, String field, int longest) {
            @Nullable String value = body.optional(field);
            if (value != null && value.length() > longest) {
                body.refuse(field + " is longer than " + longest + " characters");
            }
        }
    }

    /**
     * Affonso's sign-ups, docs/contracts/affonso.md section 3.2: one for each click, and what the fraud checks block is a
     * 201 with the status {@code rejected}. An address of a disposable domain is blocked, and that of the partner whose
     * click it was.
     *
     * <p>The sandbox keeps no addresses, so a repeat shows the address it came with and not that of the first call.
     */
    @Component
    static final class Signups {

        static final String REJECTED = "rejected";

        private static final String NAME = AffonsoDialect.NAME;
        private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+[.][^@\\s.]+");

        private final AffonsoDialect.Settings settings;
        private final Ledger ledger;
        private final Customers customers;

        Signups(AffonsoDialect.Settings settings, Ledger ledger, Customers customers) {
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
                return Replies.invalid(problem, subject);
            }
            return ledger.find(NAME, clickId)
                    .map(click -> convert(click, email, user, name, subject.referredBy(click)))
                    .orElseGet(() -> Replies.notFound("no click of this team has this id", subject));
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
            data.put("created_at", click.at().truncatedTo(ChronoUnit.MILLIS).toString());
            data.put("converted_at", null);
            return Replies.success(data);
        }
    }
}
