package io.reftrail.backend;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
    public Duration deliverWithin(Event event) {
        return Duration.ofDays(30);
    }

    @Override
    public HttpCall call(Event event) {
        String clickId = event.attribution().clickId();
        ObjectNode body = Json.object()
                .put("click", clickId == null ? "" : clickId)
                .put("customer", event.customerId() == null ? "" : event.customerId());
        return new HttpCall(
                "POST",
                baseUrl.resolve("/v1/" + event.type().name().toLowerCase(Locale.ROOT)),
                Map.of("X-Api-Key", key),
                body.toString());
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        var body = Json.parse(reply.body());
        if (body != null && body.isObject()) {
            if (reply.status() == 200 && body.path("ok").asBoolean(false)) {
                return Outcome.recorded();
            }
            if (reply.status() == 409) {
                return Outcome.of(Verdict.DUPLICATE, "known already");
            }
        }
        return StatusCodes.outcome(reply);
    }

    @Override
    public CheckoutMetadata checkoutMetadata(Attribution attribution, String customerId) {
        return new CheckoutMetadata(Map.of("exemplary_click", attribution.requireClickId()), null);
    }
}
