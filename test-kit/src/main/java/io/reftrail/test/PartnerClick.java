package io.reftrail.test;

import io.reftrail.Reftrail;
import io.reftrail.capture.AttributionCookies;
import io.reftrail.capture.CaptureListener;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.capture.ReferralCapture;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.capture.Visit;
import io.reftrail.capture.Visitor;
import io.reftrail.model.Click;
import io.reftrail.test.Inquiry.Deadline;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's click on a partner link. {@link Reftrail}'s own capture writes the cookies. Immutable.
 */
public final class PartnerClick {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The browser of a person, because vendors ignore robots. */
    private static final Visitor SOMEBODY =
            new Visitor("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "192.0.2.7");

    private final @Nullable String backend;
    private final String value;
    private final @Nullable Instant clickedAt;
    private final boolean exchanged;

    private PartnerClick(@Nullable String backend, String value, @Nullable Instant clickedAt, boolean exchanged) {
        this.backend = backend;
        this.value = value;
        this.clickedAt = clickedAt;
        this.exchanged = exchanged;
    }

    /**
     * Returns a click that has just happened.
     *
     * @param backend the name of an active backend
     * @param value what its links carry: a click id, or a partner's code
     */
    public static PartnerClick of(String backend, String value) {
        return new PartnerClick(backend, value, null, true);
    }

    /**
     * Returns a click that has just happened, on a link of any kind.
     *
     * @param query the link's raw query, for example {@code via=nora&plan=pro}
     */
    public static PartnerClick onLinkWith(String query) {
        return new PartnerClick(null, query, null, true);
    }

    /** Returns this click at another time. A customer who is older than that is not reported as a lead. */
    public PartnerClick at(Instant time) {
        return new PartnerClick(backend, value, time, exchanged);
    }

    /**
     * Returns this click before the vendor has exchanged its code. By default {@link #in} waits for the exchange.
     */
    public PartnerClick notYetExchanged() {
        return new PartnerClick(backend, value, clickedAt, false);
    }

    /**
     * Follows the link.
     *
     * @return the cookies of the visitor's browser
     * @throws IllegalArgumentException if no active backend captures such a link
     * @throws IllegalStateException if the vendor does not exchange the code within 5 s
     */
    public VisitorCookies in(Reftrail reftrail) {
        String query = backend == null ? value : query(backend, reftrail);
        CapturedQuery captured = reftrail.visits().capture().read(query);
        if (captured == null || captured.clicks().isEmpty()) {
            throw new IllegalArgumentException("no click is in '" + query + "' for any of " + reftrail.backends());
        }
        HeaderExchange landing = HeaderExchange.of("", true).by(SOMEBODY);
        Visit visit = new Visit("https://localhost/?" + query, null, query, false);
        for (CapturedClick click : captured.clicks()) {
            land(reftrail, click, landing, visit);
        }
        VisitorCookies cookies = VisitorCookies.none().after(landing.setCookies());
        boolean exchange =
                captured.clicks().stream().anyMatch(click -> click.rule().meaning() == Meaning.EXCHANGED_CODE);
        return exchange && exchanged ? home(reftrail, cookies) : cookies;
    }

    private String query(String name, Reftrail reftrail) {
        CaptureRule rule = reftrail.visits().capture().rules().stream()
                .filter(each ->
                        each.backend().equals(name) && !each.parameters().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no active backend is named '" + name + "'; there are " + reftrail.backends()));
        return rule.parameters().get(0) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void land(Reftrail reftrail, CapturedClick click, HeaderExchange exchange, Visit visit) {
        if (clickedAt == null) {
            reftrail.visits().recordLanding(click, exchange, visit);
            return;
        }
        Click reported = new ReferralCapture(
                        reftrail.visits().capture().rules(),
                        new AttributionCookies(CookieSettings.DEFAULT),
                        ClickModel.LAST_CLICK,
                        CaptureListener.NONE,
                        Clock.fixed(clickedAt, ZoneOffset.UTC))
                .store(click, null, exchange, visit)
                .click();
        if (reported != null) {
            reftrail.operations().outbox().offer(reported);
        }
    }

    /** Requests pages until a response sets the click id. */
    private static VisitorCookies home(Reftrail reftrail, VisitorCookies landed) {
        VisitorCookies[] cookies = {landed};
        boolean isHome = Deadline.in(PATIENCE).await(() -> {
            HeaderExchange page = HeaderExchange.of(cookies[0].header(), true);
            reftrail.visits().handOver(page);
            cookies[0] = cookies[0].after(page.setCookies());
            return !page.setCookies().isEmpty();
        });
        if (!isHome) {
            throw new IllegalStateException("the vendor has not exchanged the partner's code after " + PATIENCE
                    + "; call notYetExchanged() if it is not to");
        }
        return cookies[0];
    }
}
