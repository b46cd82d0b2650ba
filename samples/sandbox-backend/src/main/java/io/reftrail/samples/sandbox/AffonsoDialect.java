package io.reftrail.samples.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Affonso, after docs/contracts/affonso.md: the keys of section 3.7, the limit and its headers, and which endpoint is where.
 * What they do is in {@link AffonsoClicks}, {@link AffonsoSignups} and {@link AffonsoConversions}.
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
    private final AffonsoClicks clicks;
    private final AffonsoSignups signups;
    private final AffonsoConversions conversions;

    AffonsoDialect(
            SandboxSettings common,
            Settings settings,
            RateLimits limits,
            AffonsoClicks clicks,
            AffonsoSignups signups,
            AffonsoConversions conversions) {
        List<String> partners = new ArrayList<>(common.partners());
        partners.add(settings.inactivePartner());
        this.vendor = Vendor.withoutRedirect(NAME, "atp", partners);
        this.settings = settings;
        this.limits = limits;
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
                Endpoint.post("/v1/conversions/{id}/refund", CallKind.REFUND, guarded(conversions::refund)));
    }

    @Override
    public Object errorBody(int status, String message) {
        return AffonsoReplies.error(AffonsoReplies.code(status), message);
    }

    private Function<VendorCall, Answer> guarded(Function<VendorCall, Answer> handler) {
        return call -> {
            RateLimits.Allowance allowance = limits.take(NAME + call.header("Authorization"), settings.rateLimit());
            Map<String, String> headers = Map.of(
                    "X-RateLimit-Limit", String.valueOf(allowance.limit()),
                    "X-RateLimit-Remaining", String.valueOf(allowance.remaining()),
                    "X-RateLimit-Reset", String.valueOf(allowance.reset().getEpochSecond()));
            if (allowance.exceeded()) {
                return AffonsoReplies.limited(allowance.secondsLeft(), headers);
            }
            @Nullable Answer refusal = refusal(call);
            return (refusal == null ? handler.apply(call) : refusal).with(headers);
        };
    }

    private @Nullable Answer refusal(VendorCall call) {
        @Nullable String key = call.bearer();
        if (call.header("Authorization") == null) {
            return AffonsoReplies.refused(401, "MISSING_API_KEY", "the header Authorization is missing");
        }
        if (key == null || !key.startsWith("sk_live_")) {
            return AffonsoReplies.refused(401, "INVALID_API_KEY_FORMAT", "the key does not begin with sk_live_");
        }
        if (key.equals(settings.disabledKey())) {
            return AffonsoReplies.refused(401, "API_KEY_DISABLED", "the key was disabled");
        }
        if (key.equals(settings.expiredKey())) {
            return AffonsoReplies.refused(401, "API_KEY_EXPIRED", "the key has expired");
        }
        if (key.equals(settings.readonlyKey())) {
            return AffonsoReplies.refused(403, "INSUFFICIENT_PERMISSIONS", "the key may only read");
        }
        return key.equals(settings.apiKey())
                ? null
                : AffonsoReplies.refused(401, "INVALID_API_KEY", "the key is unknown");
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
}
