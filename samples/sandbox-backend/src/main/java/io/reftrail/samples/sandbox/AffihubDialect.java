package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Affihub, after docs/contracts/affihub.md: the click beacon of section 3.1, partners and events of 3.2 and 3.4, and payments
 * as section 3.6 hands them over. A lead or sale endpoint is not documented, so there is none.
 *
 * <p>Where section 5 knows no answer: an accepted click is answered with an empty object; one without {@code program_id}
 * or {@code ref} is 400; an unknown slug or program is an event all the same and not attributed; an error is one text;
 * only clicks are listed as events, because the payload of no other type is documented; partners have an address of the
 * sandbox's own, and a payment is the same if its invoice is.
 */
@Component
final class AffihubDialect implements Dialect {

    static final String NAME = "affihub";

    private final Vendor vendor;
    private final Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;
    private final AffihubEvents events;

    AffihubDialect(SandboxSettings common, Settings settings, RandomIds ids, Ledger ledger, AffihubEvents events) {
        this.vendor = Vendor.withoutRedirect(NAME, "ref", common.partners());
        this.settings = settings;
        this.ids = ids;
        this.ledger = ledger;
        this.events = events;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/track/click", CallKind.CLICK, this::click),
                Endpoint.get("/api/v1/events", this::list),
                Endpoint.get("/api/v1/partners", this::partners));
    }

    /** Sales by the payment provider's webhook, section 3.6; leads not at all, section 5. */
    @Override
    public Set<CallKind> counts() {
        return EnumSet.of(CallKind.CLICK, CallKind.SALE);
    }

    @Override
    public Object errorBody(int status, String message) {
        return Map.of("error", message);
    }

    private Answer click(VendorCall call) {
        JsonBody body = call.body();
        String program = body.required("program_id");
        String slug = body.required("ref");
        @Nullable String landing = body.nullable("landing", Integer.MAX_VALUE);
        @Nullable String referrer = body.nullable("referrer", Integer.MAX_VALUE);
        @Nullable String problem = body.problem();
        if (problem != null) {
            return new Answer(400, errorBody(400, problem), Verdict.REJECTED, problem, Subject.NOBODY);
        }
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("ref", slug);
        payload.put("landing", landing);
        payload.put("referrer", referrer);
        events.add("click", payload);
        if (!program.equals(settings.programId()) || !vendor.partners().contains(slug)) {
            return new Answer(
                    200, Map.of(), Verdict.IGNORED, "no partner of the program has this slug", Subject.NOBODY);
        }
        String id = ledger.click(NAME, slug, ids.next(16));
        Subject subject = new Subject(slug, null, null, id);
        return new Answer(200, Map.of(), Verdict.RECORDED, "click on a link of " + slug, subject);
    }

    private Answer list(VendorCall call) {
        return read(call, () -> events.page(settings.programId(), call));
    }

    private Answer partners(VendorCall call) {
        String search = requireNonNullElse(call.parameter("search"), "");
        @Nullable String status = call.parameter("status");
        List<Map<String, String>> found = vendor.partners().stream()
                .filter(slug -> slug.contains(search) || (slug + Partners.DOMAIN).contains(search))
                .filter(slug -> status == null || status.equals("active"))
                .map(slug ->
                        Map.of("id", "par_" + slug, "slug", slug, "email", slug + Partners.DOMAIN, "status", "active"))
                .toList();
        return read(call, () -> Map.of("data", Paging.of(call).cut(found)));
    }

    private Answer read(VendorCall call, Supplier<Object> reply) {
        return settings.apiKey().equals(call.bearer())
                ? new Answer(200, reply.get(), Verdict.IGNORED, "a look, nothing to count", Subject.NOBODY)
                : new Answer(
                        401,
                        errorBody(401, "the API key is missing or unknown"),
                        Verdict.UNAUTHORIZED,
                        "the API key is missing or unknown",
                        Subject.NOBODY);
    }

    /** The slug under either documented key; without a click id, it stands for the partner alone. */
    @Override
    public Optional<Answer> paid(Checkout checkout) {
        @Nullable String named = checkout.value("affihub_ref");
        @Nullable String slug = named == null ? checkout.clientReferenceId() : named;
        if (slug == null || !vendor.partners().contains(slug)) {
            return Optional.empty();
        }
        Click click = new Click("", NAME, slug, Instant.now());
        Conversion.Receipt receipt = ledger.count(Conversion.sale(click, checkout.invoiceId(), checkout.money()));
        Subject subject = new Subject(slug, null, null, null, checkout.money());
        return Optional.of(new Answer(200, null, receipt.verdict(), receipt.why(), subject));
    }

    /** Affihub's key and program. */
    @ConfigurationProperties("sandbox.affihub")
    record Settings(String apiKey, String programId) {}
}
