package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Dialect.Answer;
import io.reftrail.samples.sandbox.Dialect.Endpoint;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.Dialect.Vendor;
import io.reftrail.samples.sandbox.Dialect.VendorCall;
import io.reftrail.samples.sandbox.DubConversions.DubCustomer;
import io.reftrail.samples.sandbox.DubConversions.DubSales;
import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Dub, after docs/contracts/dub.md: short links of section 2, keys and errors of section 3, the limit of section 3.5 with
 * its absolute times in milliseconds, as observed. What the endpoints do is in {@link Clicks}, {@link DubConversions} and
 * {@link DubSales}.
 *
 * <p>The link of the unknown key leads on with a click that was never recorded, as the click endpoint answers a bot.
 */
@Component
final class DubDialect implements Dialect {

    static final String NAME = "dub";

    private final Vendor vendor;
    private final Settings settings;
    private final RateLimits limits;
    private final RandomIds ids;
    private final Ledger ledger;
    private final Clicks clicks;
    private final DubConversions leads;
    private final DubSales sales;

    DubDialect(
            SandboxSettings common,
            Settings settings,
            RateLimits limits,
            RandomIds ids,
            Ledger ledger,
            Clicks clicks,
            DubConversions leads,
            DubSales sales) {
        List<String> partners = new ArrayList<>(common.partners());
        partners.add(settings.unknownKey());
        this.vendor = Vendor.withRedirect(NAME, "/d/", "dub_id", partners);
        this.settings = settings;
        this.limits = limits;
        this.ids = ids;
        this.ledger = ledger;
        this.clicks = clicks;
        this.leads = leads;
        this.sales = sales;
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public String follow(String partner) {
        String id = ids.next(16);
        return partner.equals(settings.unknownKey()) ? id : ledger.click(NAME, partner, id);
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/track/click", CallKind.CLICK, clicks::click),
                Endpoint.post("/track/lead", CallKind.LEAD, guarded(leads::lead)),
                Endpoint.post("/track/sale", CallKind.SALE, guarded(sales::sale)));
    }

    @Override
    public Optional<Answer> paid(ConnectedVendors.Checkout checkout) {
        return sales.paid(checkout);
    }

    @Override
    public Object errorBody(int status, String message) {
        return Replies.error(status, message);
    }

    private Function<VendorCall, Answer> guarded(Function<VendorCall, Answer> handler) {
        return call -> {
            @Nullable Answer refusal = refusal(call);
            if (refusal != null) {
                return refusal;
            }
            RateLimits.Allowance allowance = limits.take(NAME + call.bearer(), settings.rateLimit());
            String reset = String.valueOf(allowance.reset().toEpochMilli());
            Map<String, String> headers = new TreeMap<>(Map.of(
                    "X-RateLimit-Limit", String.valueOf(allowance.limit()),
                    "X-RateLimit-Remaining", String.valueOf(allowance.remaining()),
                    "X-RateLimit-Reset", reset));
            if (allowance.exceeded()) {
                headers.put("Retry-After", reset);
                return Replies.refused(429, "Too many requests.", Subject.NOBODY)
                        .with(headers);
            }
            return handler.apply(call).with(headers);
        };
    }

    private @Nullable Answer refusal(VendorCall call) {
        @Nullable String key = call.bearer();
        if (call.header("Authorization") == null) {
            return Replies.refused(401, "Missing Authorization header.", Subject.NOBODY);
        }
        if (key == null) {
            return Replies.refused(400, "The Authorization header does not begin with Bearer.", Subject.NOBODY);
        }
        if (key.equals(settings.freeKey())) {
            return Replies.refused(403, "The plan of this workspace has no conversions.", Subject.NOBODY);
        }
        return key.equals(settings.apiKey())
                ? null
                : Replies.refused(401, "Unauthorized: Invalid API key.", Subject.NOBODY);
    }

    /**
     * Dub's keys and links, how long a lead and a click are the same, how long after its answer a lead is written, and how
     * many calls a key has in a minute.
     */
    @ConfigurationProperties("sandbox.dub")
    record Settings(
            String apiKey,
            String freeKey,
            String domain,
            String unknownKey,
            List<String> allowedHostnames,
            Duration leadWindow,
            Duration leadDelay,
            Duration clickWindow,
            int rateLimit) {}

    /** The click endpoint answers the pages of any origin (section 3.2). */
    @Component
    static final class AnyOrigin implements WebMvcConfigurer {

        @Override
        public void addCorsMappings(CorsRegistry registry) {
            registry.addMapping("/" + NAME + "/track/click").allowedOrigins("*").allowedMethods("POST", "OPTIONS");
        }
    }

    /** Dub's errors, links and customers, docs/contracts/dub.md section 3. */
    @Component
    static final class Replies {

        private final SandboxSettings common;
        private final DubDialect.Settings settings;

        Replies(SandboxSettings common, DubDialect.Settings settings) {
            this.common = common;
            this.settings = settings;
        }

        static Object error(int status, String message) {
            String code = code(status);
            return Map.of(
                    "error",
                    Map.of(
                            "code",
                            code,
                            "message",
                            message,
                            "doc_url",
                            "https://dub.co/docs/api-reference/errors#" + code));
        }

        private static String code(int status) {
            return switch (status) {
                case 400 -> "bad_request";
                case 401 -> "unauthorized";
                case 403 -> "forbidden";
                case 404 -> "not_found";
                case 409 -> "conflict";
                case 410 -> "invite_expired";
                case 422 -> "unprocessable_entity";
                case 429 -> "rate_limit_exceeded";
                default -> "internal_server_error";
            };
        }

        static Answer refused(int status, String why, Subject subject) {
            Verdict verdict = status == 401 || status == 403 ? Verdict.UNAUTHORIZED : Verdict.REJECTED;
            return new Answer(status, error(status, why), verdict, why, subject);
        }

        /** The answer to a lead; without a link it is a duplicate. */
        static Map<String, @Nullable Object> lead(String clickId, @Nullable Object link, DubCustomer customer) {
            Map<String, @Nullable Object> reply = new LinkedHashMap<>();
            reply.put("click", Map.of("id", clickId));
            reply.put("link", link);
            reply.put("customer", customer.inLead());
            return reply;
        }

        Object link(String key) {
            Map<String, @Nullable Object> link = new LinkedHashMap<>();
            link.put("id", "link_" + key);
            link.put("domain", settings.domain());
            link.put("key", key);
            link.put("shortLink", "https://" + settings.domain() + "/" + key);
            link.put("url", common.merchantUrl().toString());
            link.put("partnerId", "pn_" + key);
            link.put("programId", "prog_sandbox");
            link.put("tenantId", null);
            link.put("externalId", null);
            return link;
        }
    }

    /**
     * Dub's click endpoint with the traps of docs/contracts/dub.md section 3.2: what looks like a bot, or asks not to be
     * tracked, gets an id that was never recorded, and who comes again within the hour gets the id of the first time.
     *
     * <p>"Who" is the User-Agent alone, for everybody here has the same address.
     */
    @Component
    static final class Clicks {

        /** What makes a robot of a user agent, in lower case, by the service's list (section 3.2); words that contain one of these are left out. */
        private static final List<String> BOTS = List.of(
                "anthropic-ai",
                "axios",
                "baidu",
                "bing",
                "bluesky",
                "bot",
                "brokenlinkcheck",
                "catchpoint",
                "chatgpt",
                "claude-web",
                "cognitiveseo",
                "crawler",
                "cron-job",
                "curl",
                "dareboost",
                "embedly",
                "expanse",
                "facebookcatalog",
                "facebookexternalhit",
                "feedburner",
                "fetch",
                "gomez",
                "gtmetrix",
                "guzzle",
                "headlesschrome",
                "heritrix",
                "hosttracker",
                "http",
                "hyperping",
                "ia_archiver",
                "iframely",
                "insomnia",
                "internetmeasurement",
                "linkchecker",
                "linkdex",
                "mediapartners-google",
                "meta-externalads",
                "meta-externalagent",
                "meta-webindexer",
                "metainspector",
                "monitis",
                "monsido",
                "msn",
                "neustar",
                "newman",
                "node",
                "nutch",
                "omigili",
                "opensiteexplorer",
                "perplexity",
                "pingdom",
                "postman",
                "powermapper",
                "python",
                "qwantify",
                "ruby",
                "scraper",
                "scrapy",
                "scrutiny",
                "searchmetrics",
                "seobility",
                "seokicks",
                "seositecheckup",
                "serpstat",
                "shortlinktranslate",
                "sistrix",
                "site24x7",
                "siteimprove",
                "skypeuripreview",
                "slurp",
                "sogou",
                "speedcurve",
                "spider",
                "spyfu",
                "statuscake",
                "teoma",
                "thirdlandingpagefeinfra",
                "timpi",
                "tumblr",
                "upptime",
                "vkshare",
                "wayback",
                "webpagetest",
                "wget",
                "whatsapp",
                "woorank",
                "xenu",
                "yandex",
                "yellowlab");

        private static final String NO_TRACK = "dub-no-track";

        private final SandboxSettings common;
        private final DubDialect.Settings settings;
        private final RandomIds ids;
        private final Ledger ledger;
        private final Claims claims;

        Clicks(SandboxSettings common, DubDialect.Settings settings, RandomIds ids, Ledger ledger, Claims claims) {
            this.common = common;
            this.settings = settings;
            this.ids = ids;
            this.ledger = ledger;
            this.claims = claims;
        }

        Answer click(VendorCall call) {
            JsonBody body = call.body();
            String domain = body.required("domain");
            String key = body.required("key");
            body.nullable("url", Integer.MAX_VALUE);
            body.nullable("referrer", Integer.MAX_VALUE);
            @Nullable String problem = body.problem();
            if (problem != null) {
                return Replies.refused(422, problem, Subject.NOBODY);
            }
            if (!domain.replaceFirst("^www\\.", "").equals(settings.domain())
                    || !common.partners().contains(key)) {
                return Replies.refused(404, "Link not found.", Subject.NOBODY);
            }
            if (!allowed(call)) {
                return Replies.refused(403, "Request origin is not on the allowed hostnames.", Subject.NOBODY);
            }
            @Nullable String agent = call.header("User-Agent");
            String lower = agent == null ? "" : agent.toLowerCase(Locale.ROOT);
            Subject subject = new Subject(key, null, null, null);
            boolean silent = call.header(NO_TRACK) != null || call.query().containsKey(NO_TRACK);
            if (silent || BOTS.stream().anyMatch(lower::contains)) {
                String why = silent ? "dub-no-track: not recorded" : "looks like a bot: not recorded";
                return new Answer(200, reply(ids.next(16), key), Verdict.IGNORED, why, subject);
            }
            return record(domain + '/' + key + '/' + lower, key);
        }

        private synchronized Answer record(String visitor, String key) {
            String fresh = ids.next(16);
            Optional<String> earlier = claims.take(DubDialect.NAME, "click:" + visitor, settings.clickWindow(), fresh);
            if (earlier.isPresent()) {
                Subject subject = new Subject(key, null, null, earlier.get());
                String why = "the same visitor clicked before";
                return new Answer(200, reply(earlier.get(), key), Verdict.DUPLICATE, why, subject);
            }
            ledger.click(DubDialect.NAME, key, fresh);
            Subject subject = new Subject(key, null, null, fresh);
            return new Answer(200, reply(fresh, key), Verdict.RECORDED, "click on a link of " + key, subject);
        }

        private boolean allowed(VendorCall call) {
            @Nullable String referer = call.header("Referer");
            @Nullable String from = referer == null ? call.header("Origin") : referer;
            try {
                @Nullable String host = from == null ? null : URI.create(from).getHost();
                return settings.allowedHostnames().isEmpty()
                        || (host != null && settings.allowedHostnames().contains(host));
            } catch (IllegalArgumentException malformed) {
                return settings.allowedHostnames().isEmpty();
            }
        }

        private static Object reply(String clickId, String key) {
            Map<String, @Nullable Object> partner = new LinkedHashMap<>();
            partner.put("id", "pn_" + key);
            partner.put("name", key);
            partner.put("image", null);
            partner.put("groupId", null);
            partner.put("tenantId", null);
            Map<String, @Nullable Object> reply = new LinkedHashMap<>();
            reply.put("clickId", clickId);
            reply.put("partner", partner);
            reply.put("discount", null);
            return reply;
        }
    }
}
