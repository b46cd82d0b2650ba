package io.reftrail.samples.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Dub, after docs/contracts/dub.md: short links of section 2, keys and errors of section 3, the limit of section 3.5 with its
 * absolute times in milliseconds, as observed. What the endpoints do is in {@link DubClicks}, {@link DubLeads} and
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
    private final DubClicks clicks;
    private final DubLeads leads;
    private final DubSales sales;

    DubDialect(
            SandboxSettings common,
            Settings settings,
            RateLimits limits,
            RandomIds ids,
            Ledger ledger,
            DubClicks clicks,
            DubLeads leads,
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
    public Object errorBody(int status, String message) {
        return DubReplies.error(status, message);
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
                return DubReplies.refused(429, "Too many requests.", Subject.NOBODY)
                        .with(headers);
            }
            return handler.apply(call).with(headers);
        };
    }

    private @Nullable Answer refusal(VendorCall call) {
        @Nullable String key = call.bearer();
        if (call.header("Authorization") == null) {
            return DubReplies.refused(401, "Missing Authorization header.", Subject.NOBODY);
        }
        if (key == null) {
            return DubReplies.refused(400, "The Authorization header does not begin with Bearer.", Subject.NOBODY);
        }
        if (key.equals(settings.freeKey())) {
            return DubReplies.refused(403, "The plan of this workspace has no conversions.", Subject.NOBODY);
        }
        return key.equals(settings.apiKey())
                ? null
                : DubReplies.refused(401, "Unauthorized: Invalid API key.", Subject.NOBODY);
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
}
