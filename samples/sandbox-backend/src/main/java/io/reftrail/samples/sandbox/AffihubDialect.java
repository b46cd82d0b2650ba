package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNullElse;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.ConnectedVendors.Checkout;
import io.reftrail.samples.sandbox.Dialect.Answer;
import io.reftrail.samples.sandbox.Dialect.Endpoint;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.Dialect.Vendor;
import io.reftrail.samples.sandbox.Dialect.VendorCall;
import io.reftrail.samples.sandbox.Ledger.Click;
import io.reftrail.samples.sandbox.Ledger.Conversion;
import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings;
import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings.Partners;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Affihub, after docs/contracts/affihub.md: the click beacon of section 3.1, partners and events of 3.2 and 3.4, and
 * payments as section 3.6 hands them over. A lead or sale endpoint is not documented, so there is none.
 *
 * <p>Where section 5 knows no answer: an accepted click is answered with an empty object; one without {@code program_id} or
 * {@code ref} is 400; an unknown slug or program is an event all the same and not attributed; an error is one text; only
 * clicks are listed as events, because the payload of no other type is documented; partners have an address of the
 * sandbox's own, and a payment is the same if its invoice is.
 */
@Component
final class AffihubDialect implements Dialect {

    static final String NAME = "affihub";

    private final Vendor vendor;
    private final Settings settings;
    private final RandomIds ids;
    private final Ledger ledger;
    private final Events events;

    AffihubDialect(SandboxSettings common, Settings settings, RandomIds ids, Ledger ledger, Events events) {
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

    /** Affihub's audit log, docs/contracts/affihub.md section 3.4. A time that is none is no filter. */
    @Component
    static final class Events {

        private final JdbcClient jdbc;
        private final JsonMapper json;
        private final RandomIds ids;

        Events(JdbcClient jdbc, JsonMapper json, RandomIds ids) {
            this.jdbc = jdbc;
            this.json = json;
            this.ids = ids;
        }

        void add(String type, Map<String, @Nullable Object> payload) {
            jdbc.sql("insert into events (id, type, payload, at) values (?, ?, ?, ?)")
                    .params("evt_" + ids.next(12), type, json.writeValueAsString(payload), Instant.now())
                    .update();
        }

        /** The newest first. */
        Object page(String program, VendorCall call) {
            Paging paging = Paging.of(call);
            @Nullable String type = call.parameter("type");
            Instant from = time(call.parameter("from"), Instant.EPOCH);
            Instant to = time(call.parameter("to"), Instant.now().plusSeconds(60));
            List<Map<String, Object>> all = jdbc
                    .sql("select * from events where at >= ? and at <= ? order by number desc")
                    .params(from, to)
                    .query((row, n) -> {
                        Map<String, Object> event = new LinkedHashMap<>();
                        event.put("id", row.getString("id"));
                        event.put("program_id", program);
                        event.put("type", row.getString("type"));
                        event.put("payload", json.readTree(row.getString("payload")));
                        event.put(
                                "created_at", row.getObject("at", Instant.class).toString());
                        return event;
                    })
                    .list()
                    .stream()
                    .filter(event -> type == null || type.equals(event.get("type")))
                    .toList();
            return Map.of(
                    "data", paging.cut(all), "total", all.size(), "page", paging.page(), "per_page", paging.perPage());
        }

        private static Instant time(@Nullable String text, Instant otherwise) {
            try {
                return text == null ? otherwise : Instant.parse(text);
            } catch (DateTimeParseException malformed) {
                return otherwise;
            }
        }
    }

    /** The page of a list that a caller wants, docs/contracts/affihub.md sections 3.2 and 3.4: 20 rows, at most 100. */
    record Paging(int page, int perPage) {

        static Paging of(VendorCall call) {
            return new Paging(number(call.parameter("page"), 1), Math.min(100, number(call.parameter("per_page"), 20)));
        }

        <T> List<T> cut(List<T> all) {
            return all.stream().skip((page - 1L) * perPage).limit(perPage).toList();
        }

        private static int number(@Nullable String text, int otherwise) {
            return text != null && text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : otherwise;
        }
    }
}
