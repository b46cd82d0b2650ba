package io.reftrail.capture;

import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.ParameterScanner.Part;
import io.reftrail.capture.Referrers.Place;
import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Ad;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.journey.Touch.Utm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The capture of touches. It recognises a visit from outside the site by its referrer, the parameters of its link and Fetch
 * Metadata, and keeps the first touch and the last ones in one first-party cookie. It stores nothing on the server, and does not
 * depend on servlets. Thread-safe.
 */
public final class TouchCapture {

    /** The time within which visits of one source are one touch. */
    static final Duration SESSION = Duration.ofMinutes(30);

    /** How far the clock of another node may be ahead. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final List<String> UTM =
            List.of("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content");

    /** The parameter that an authorization server adds when it sends a visitor back (RFC 6749, sections 4.1.2 and 4.1.2.1). */
    private static final String STATE = "state";

    private static final List<String> ANSWERS = List.of("code", "error", "id_token");

    /** The parameters that payment providers add when they send a visitor back: Stripe for any method that redirects, PayPal. */
    private static final List<String> PAID =
            List.of("payment_intent_client_secret", "setup_intent_client_secret", "payerid");

    private final AttributionCookies cookies;
    private final TouchCookie cookie;
    private final Referrers referrers;
    private final Duration window;
    private final Clock clock;
    private final ParameterScanner marks = new ParameterScanner(
            Stream.concat(UTM.stream(), AdNetworks.parameters().stream()).toList());
    private final ParameterScanner returns = new ParameterScanner(
            Stream.of(List.of(STATE), ANSWERS, PAID).flatMap(List::stream).toList());

    /**
     * Creates an instance.
     *
     * @param settings the window, and hosts that are not sources
     * @param cookies the attributes of the cookie
     * @param signing whether the cookie is signed
     * @param clock the time of a touch
     */
    public TouchCapture(TouchSettings settings, AttributionCookies cookies, CookieSigning signing, Clock clock) {
        this.cookies = cookies;
        this.referrers = new Referrers(settings.ignoredReferrers());
        this.cookie = new TouchCookie(signing, referrers);
        this.window = settings.window();
        this.clock = clock;
    }

    /**
     * The parts of a navigation that a touch depends on.
     *
     * @param host the host of this site, without a port
     * @param path the path, without path parameters
     * @param rawQuery the query, undecoded, or {@code null}
     * @param referrer the {@code Referer} header, or {@code null}
     * @param fetchSite the {@code Sec-Fetch-Site} header, or {@code null}
     */
    public record Arrival(
            String host,
            String path,
            @Nullable String rawQuery,
            @Nullable String referrer,
            @Nullable String fetchSite) {

        /** Leaves the addresses out. */
        @Override
        public String toString() {
            return "Arrival[fetchSite=" + fetchSite + "]";
        }
    }

    /**
     * A visit from outside.
     *
     * @param result {@link TouchResult#RECORDED} for a touch to {@linkplain #store store}, or the reason why there is no touch
     * @param touch the touch, or {@code null}
     */
    public record Found(TouchResult result, @Nullable Touch touch) {}

    /** Returns the cookie's name. */
    public String cookieName() {
        return cookie.name();
    }

    /**
     * Returns whether a navigation with these headers comes from the site itself, so that it is not a touch and {@link #find}
     * need not be called. Allocates nothing.
     *
     * @param host the host of this site
     */
    public static boolean isWithinSite(String host, @Nullable String referrer, @Nullable String fetchSite) {
        return fetchSite == null
                ? referrer != null && Referrers.isOn(referrer, host)
                : fetchSite.equals("same-origin") || fetchSite.equals("same-site");
    }

    /**
     * Examines a navigation.
     *
     * @param clicks the clicks of partner links that the query carries
     * @return the visit from outside, or {@code null} if the navigation is not one
     */
    public @Nullable Found find(Arrival arrival, List<CapturedClick> clicks, CookieExchange exchange) {
        String header = arrival.referrer();
        if (isWithinSite(arrival.host(), header, arrival.fetchSite())) {
            return null;
        }
        String host = header == null ? null : Referrers.host(header);
        if (host != null && referrers.isSameSite(host, arrival.host())) {
            return null;
        }
        Place place = host == null ? null : referrers.place(host);
        if ((place != null && place.origin() == null) || isReturn(arrival.rawQuery())) {
            return new Found(TouchResult.RETURNED, null);
        }
        Map<String, String> values = marks(arrival.rawQuery());
        Utm utm = new Utm(
                values.get(UTM.get(0)),
                values.get(UTM.get(1)),
                values.get(UTM.get(2)),
                values.get(UTM.get(3)),
                values.get(UTM.get(4)));
        Ad ad = AdNetworks.parameters().stream()
                .filter(values::containsKey)
                .findFirst()
                .map(parameter -> new Ad(parameter, values.get(parameter)))
                .orElse(null);
        Partner partner = clicks.isEmpty() ? null : partner(clicks.get(0));
        Origin origin = place == null ? hidden(header, arrival.fetchSite()) : Objects.requireNonNull(place.origin());
        String kept = host == null ? null : shortened(host);
        Touch touch = new Touch(
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                origin,
                cookie.source(origin, kept, utm, ad, partner),
                kept,
                arrival.path(),
                utm,
                ad,
                partner);
        List<Touch> before = touches(exchange);
        if (touch.wasDirect() && arrival.fetchSite() == null && !before.isEmpty()) {
            return null; // without Fetch Metadata, a page of this site that hides its address looks the same
        }
        boolean same = !before.isEmpty() && isSameSession(before.get(before.size() - 1), touch);
        return new Found(same ? TouchResult.SAME_SESSION : TouchResult.RECORDED, same ? null : touch);
    }

    /** Returns the origin of a visit without a referrer that can be read. */
    private static Origin hidden(@Nullable String referrer, @Nullable String fetchSite) {
        return referrer != null || "cross-site".equals(fetchSite) ? Origin.HIDDEN : Origin.DIRECT;
    }

    private static Partner partner(CapturedClick click) {
        boolean code = click.rule().meaning() != CaptureRule.Meaning.CLICK_ID;
        return new Partner(click.rule().backend(), code ? click.clickId() : null);
    }

    private static @Nullable String shortened(String host) {
        String rest = host;
        while (rest.length() > TouchCookie.LONGEST_HOST && rest.indexOf('.') > 0) {
            rest = rest.substring(rest.indexOf('.') + 1);
        }
        return rest.length() > TouchCookie.LONGEST_HOST ? null : rest;
    }

    /**
     * Returns whether a visit belongs to the session of the touch before it, which began less than {@link #SESSION} ago. With a
     * mark of its own, it does if source, campaign and partner are the same; without one, if the source or the referrer is the
     * same, as after the redirect to the clean URL. A direct visit always does.
     */
    private static boolean isSameSession(Touch before, Touch touch) {
        if (!touch.time().isBefore(before.time().plus(SESSION))) {
            return false;
        }
        if (!touch.hasMark()) {
            return touch.wasDirect()
                    || touch.source().equals(before.source())
                    || Objects.equals(touch.referrer(), before.referrer());
        }
        return touch.source().equals(before.source())
                && touch.utm().equals(before.utm())
                && Objects.equals(touch.partner(), before.partner());
    }

    private boolean isReturn(@Nullable String query) {
        List<Part> parts = query == null ? null : returns.scan(query);
        if (parts == null) {
            return false;
        }
        Predicate<String> has = name -> parts.stream().anyMatch(part -> name.equals(part.name()));
        return PAID.stream().anyMatch(has)
                || (has.test(STATE) && ANSWERS.stream().anyMatch(has));
    }

    /** Returns the first usable value of each parameter. */
    private Map<String, String> marks(@Nullable String query) {
        List<Part> parts = query == null ? null : marks.scan(query);
        Map<String, String> values = new HashMap<>();
        if (parts != null) {
            for (Part part : parts) {
                String value = part.name() == null ? null : PercentEncoding.decode(part.rawValue());
                if (part.name() != null && value != null && value.chars().noneMatch(TouchCookie::isForbidden)) {
                    String text = value.strip();
                    if (!text.isEmpty()) {
                        values.putIfAbsent(part.name(), text);
                    }
                }
            }
        }
        return values;
    }

    /** Adds a touch to the visitor's cookie. */
    public void store(Touch touch, CookieExchange exchange) {
        List<Touch> touches = new ArrayList<>(touches(exchange));
        touches.add(touch);
        cookies.writeCookie(cookie.name(), cookie.format(touches), window, true, exchange);
    }

    /**
     * Returns the touches of the visitor's cookie in order of time: the first one and the last ones within the window. Empty if
     * the visitor has {@linkplain #forget withdrawn consent} in this request, or they were {@linkplain #expire stored}.
     */
    public List<Touch> touches(CookieExchange exchange) {
        if (exchange.isReported(TouchCookie.NAME)) {
            return List.of();
        }
        Instant now = clock.instant();
        Instant from = now.minus(window);
        Instant to = now.plus(CLOCK_DIFFERENCE);
        return CookieHeader.values(exchange.cookieHeaders(), cookie.name()).stream()
                .map(value -> cookie.parse(value, from, to))
                .filter(touches -> !touches.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Expires the cookie if the request carries it. From now on, the request has no touches. */
    public void forget(CookieExchange exchange) {
        cookies.expireIfSent(cookie.name(), true, exchange);
        exchange.markReported(TouchCookie.NAME);
    }

    /** Expires the cookie after its touches were stored with the customer. */
    public void expire(CookieExchange exchange) {
        if (!exchange.isReported(TouchCookie.NAME)) {
            forget(exchange);
        }
    }
}
