package io.reftrail.backend;

import io.reftrail.backend.internal.BaseUrl;
import io.reftrail.backend.internal.Json;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reports every kind of event as its vendor, who does not exist, wants it. The kit has nothing to say against it. */
final class ExemplaryBackend implements TrackingBackend {

    static final String NAME = "exemplary";

    static final List<OutcomeRow> ROWS = Stream.of(Event.Type.values())
            .flatMap(type -> Stream.of(
                    OutcomeRow.of(type, 200, "{\"ok\":true,\"id\":\"e1\"}", Verdict.RECORDED, "Recorded"),
                    OutcomeRow.of(type, 409, "{\"ok\":false}", Verdict.DUPLICATE, "Known already"),
                    OutcomeRow.of(type, 401, "empty", Verdict.PAUSE, "The key is wrong")
                            .pausing(Duration.ofMinutes(5))))
            .toList();

    private final String key;
    private final BaseUrl baseUrl;

    ExemplaryBackend(String key, String baseUrl) {
        this.key = key;
        this.baseUrl = BaseUrl.of(NAME, baseUrl);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return List.of(
                new CaptureRule(NAME, List.of("ex"), "exemplary", Duration.ofDays(60), 64, CookieEncoding.RAW, true)
                        .meaning(Meaning.EXCHANGED_CODE)
                        .forwarding(List.of("utm_source")));
    }

    @Override
    public Set<Event.Type> reports() {
        return Set.of(Event.Type.values());
    }

    @Override
    public boolean defersLeads() {
        return true;
    }

    @Override
    public Duration deliveryTimeout(Event event) {
        return Duration.ofDays(30);
    }

    @Override
    public HttpCall call(Event event) {
        ObjectNode body = Json.object();
        Json.putText(body, "click", event.attribution().clickId());
        Json.putText(body, "customer", event.customerId());
        switch (event.type()) {
            case CLICK -> body.put("code", ((Click) event).code());
            case LEAD -> body.put("confirms", ((Lead) event).confirms());
            case SALE ->
                put(
                        body,
                        ((Sale) event).payment().invoiceId(),
                        ((Sale) event).payment().amount());
            case REFUND -> put(body, ((Refund) event).invoiceId(), ((Refund) event).amount());
            case TRIAL, CANCELLATION -> body.put("subscription", ((SubscriptionChange) event).subscriptionId());
        }
        return new HttpCall(
                "POST",
                baseUrl.resolve("/v1/" + event.type().name().toLowerCase(Locale.ROOT)),
                Map.of("X-Api-Key", key),
                body.toString());
    }

    private static void put(ObjectNode body, String invoiceId, @Nullable Money amount) {
        body.put("invoice", invoiceId);
        if (amount != null) {
            body.put("amount", amount.amount());
            body.put("currency", amount.currency().getCurrencyCode());
        }
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        var body = Json.parse(reply.body());
        if (body != null && body.isObject()) {
            if (reply.status() == 200 && body.path("ok").asBoolean(false)) {
                return recorded(event, Json.id(body, "id"));
            }
            if (reply.status() == 409) {
                return Outcome.of(Verdict.DUPLICATE, "known already");
            }
        }
        return StatusCodes.outcome(reply);
    }

    private static Outcome recorded(Event event, String id) {
        if (event.type() != Event.Type.CLICK) {
            return Outcome.recorded();
        }
        return id.isEmpty()
                ? Outcome.of(Verdict.RETRY, "no click id")
                : Outcome.recorded(event.attribution().withClickId(id));
    }

    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        return new CheckoutMetadata(Map.of("exemplary_click", attribution.requireClickId()), null);
    }
}
