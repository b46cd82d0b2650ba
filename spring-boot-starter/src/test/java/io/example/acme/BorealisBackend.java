package io.example.acme;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.StatusCodes;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Sale;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Borealis: a partner's code in {@code ?bor=} is exchanged for a click id; sales are reported under the id of the lead. */
public final class BorealisBackend implements TrackingBackend {

    /** The detail that keeps Borealis' id of a lead for the sale that follows. */
    static final String LEAD = "lead";

    private static final CaptureRule RULE = new CaptureRule(
                    "borealis", List.of("bor"), "borealis", Duration.ofDays(60), 128, CookieEncoding.PERCENT, true)
            .meaning(Meaning.EXCHANGED_CODE);

    private final String apiKey;
    private final String baseUrl;

    public BorealisBackend(String apiKey, String baseUrl) {
        this.apiKey = apiKey;
        this.baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
    }

    @Override
    public String name() {
        return RULE.backend();
    }

    @Override
    public List<CaptureRule> captureRules() {
        return List.of(RULE);
    }

    @Override
    public Set<Event.Type> reports() {
        return Set.of(Event.Type.CLICK, Event.Type.LEAD, Event.Type.SALE);
    }

    @Override
    public Duration deliveryTimeout(Event event) {
        return RULE.window();
    }

    /** Borealis wants the visitor's address, which is left out unless a backend says so, and no user agent. */
    @Override
    public Click redact(Click click) {
        return click.withoutUserAgent();
    }

    /** A sale needs the id that the answer to the lead has told. */
    @Override
    public Outcome outcomeWithoutCall(Event event) {
        return event instanceof Sale && event.attribution().detail(LEAD) == null
                ? Outcome.of(Verdict.IGNORED, "Borealis does not know the lead")
                : null;
    }

    @Override
    public HttpCall call(Event event) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        if (event instanceof Click click) {
            return post("/v1/clicks", body.put("code", click.code()).put("ip", click.ipAddress()));
        }
        if (event instanceof Lead lead) {
            body.put("click", lead.attribution().requireClickId());
            return post("/v1/leads", body.put("customer", lead.customer().id()));
        }
        Sale sale = (Sale) event;
        body.put("lead", sale.attribution().detail(LEAD)).put("customer", sale.customerId());
        body.put("invoice", sale.payment().invoiceId());
        body.put("cents", sale.payment().amount().minorUnits());
        return post(
                "/v1/sales",
                body.put("currency", sale.payment().amount().currency().getCurrencyCode()));
    }

    private HttpCall post(String path, ObjectNode body) {
        return new HttpCall(
                "POST", URI.create(baseUrl + path), Map.of("Authorization", "Bearer " + apiKey), body.toString());
    }

    /** What an answer tells goes into the attribution, and from there to the events that follow. */
    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        String id = reply.status() == 201 ? id(reply.body()) : "";
        if (id.isBlank()) {
            return StatusCodes.outcome(reply);
        }
        Attribution attribution = event.attribution();
        return switch (event.type()) {
            case CLICK -> Outcome.recorded(attribution.withClickId(id));
            case LEAD -> Outcome.recorded(attribution.with(LEAD, id));
            default -> Outcome.recorded();
        };
    }

    private static String id(String body) {
        JsonNode id;
        try {
            id = JsonMapper.shared().readTree(body).path("id");
        } catch (JacksonException noJson) {
            id = MissingNode.getInstance();
        }
        return id.isString() ? id.stringValue() : "";
    }
}
