package io.example.acme;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.StatusCodes;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Acme Partners: a click id in {@code ?acme=}, kept in {@code acme_click} for 30 days, reported to {@code /v1/leads}. */
public final class AcmeBackend implements TrackingBackend {

    private static final String NAME = "acme";

    private static final CaptureRule RULE = new CaptureRule(
            NAME, List.of("acme"), "acme_click", Duration.ofDays(30), 128, CookieEncoding.PERCENT, true);

    private final String apiKey;
    private final String baseUrl;

    public AcmeBackend(String apiKey) {
        this(apiKey, "https://api.acme.example");
    }

    public AcmeBackend(String apiKey, String baseUrl) {
        this.apiKey = apiKey;
        this.baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return List.of(RULE);
    }

    /** Acme refuses clicks that are older. */
    @Override
    public Duration deliveryTimeout(Event event) {
        return RULE.window();
    }

    /** Only leads are {@linkplain #reports() reported}, so there is nothing else to expect. */
    @Override
    public HttpCall call(Event event) {
        Lead lead = (Lead) event;
        ObjectNode body = JsonMapper.shared()
                .createObjectNode()
                .put("click", lead.attribution().requireClickId())
                .put("customer", lead.customer().id());
        if (lead.customer().email() != null) {
            body.put("email", lead.customer().email());
        }
        return new HttpCall(
                "POST",
                URI.create(baseUrl + "/v1/leads"),
                Map.of("Authorization", "Bearer " + apiKey),
                body.toString());
    }

    /** What is not Acme's own answer, a proxy's page of HTML for one, is left to the status code. */
    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        if (reply.status() == 200 && has("id", reply.body())) {
            return Outcome.recorded();
        }
        if (reply.status() == 409 && has("error", reply.body())) {
            return Outcome.of(Verdict.DUPLICATE, "a lead already");
        }
        return StatusCodes.outcome(reply);
    }

    private static boolean has(String field, String body) {
        try {
            return JsonMapper.shared().readTree(body).has(field);
        } catch (JacksonException noJson) {
            return false;
        }
    }
}
