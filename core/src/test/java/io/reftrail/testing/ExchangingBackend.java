package io.reftrail.testing;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A vendor made up for tests: exchanges {@code pc} for the click id that stands in the reply's body, and takes the rest as
 * one line of text. A 410 says that the link is not active.
 */
public final class ExchangingBackend implements TrackingBackend {

    public static final String NAME = "bazaar";

    public static final String COOKIE = "bazaar_click";

    public static final String LANDING_COOKIE = "bazaar_landing";

    private static final CaptureRule RULE = new CaptureRule(
                    NAME, List.of("pc"), COOKIE, Duration.ofDays(30), 40, CookieEncoding.RAW, true)
            .meaning(Meaning.EXCHANGED_CODE)
            .forwarding(List.of("utm_source", "sub1"))
            .keepingLandingIn(LANDING_COOKIE);

    private final String url;

    public ExchangingBackend(String url) {
        this.url = url;
    }

    @Override
    public String name() {
        return NAME;
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
        return Duration.ofDays(30);
    }

    @Override
    public HttpCall call(Event event) {
        Attribution attribution = event.attribution();
        String text = event.type() == Event.Type.CLICK
                ? String.valueOf(attribution.clickId())
                : attribution.requireClickId() + " " + event.customerId();
        return new HttpCall("POST", URI.create(url + "/" + event.type()), Map.of(), event.type() + " " + text);
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        return switch (reply.status()) {
            case 200 ->
                event.type() == Event.Type.CLICK
                        ? Outcome.recorded(event.attribution()
                                .withClickId(reply.body())
                                .with("window", Duration.ofDays(10).toString()))
                        : Outcome.recorded();
            case 410 -> Outcome.of(Verdict.IGNORED, "the link is not active");
            default -> Outcome.of(Verdict.RETRY, "HTTP " + reply.status());
        };
    }
}
