package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.capture.TouchSettings;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.servlet.ConsentPolicy.Consent;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/**
 * 10,000 customers with a known truth: each visits the site one to eight times in up to twelve weeks and signs up. What is stored is the
 * truth of everybody who consents, as far as one browser can know it, and nothing of the others.
 */
@Tag("compatibility")
class JourneySimulationTests {

    private static final int CUSTOMERS = 10_000;

    private static final List<Way> WAYS = List.of(
            new Way("https://www.google.com/", null, "Google"),
            new Way("https://www.google.co.uk/", "gclid=Cj0KCQiA-abcdefghijklmnopqrstuvwxyz0123456789", "Google"),
            new Way("https://chatgpt.com/", "utm_source=chatgpt.com", "chatgpt.com"),
            new Way("https://www.perplexity.ai/", null, "Perplexity"),
            new Way("https://t.co/", null, "Twitter"),
            new Way(
                    "https://mail.google.com/",
                    "utm_source=newsletter&utm_medium=email&utm_campaign=may",
                    "newsletter"),
            new Way("https://blog.example.org/", "irw_id=click-of-a-partner", "introw"),
            new Way("https://forum.example.net/", null, "forum.example.net"),
            new Way(null, null, "direct"));

    /** A way to the site, and the source that it is. */
    private record Way(@Nullable String referrer, @Nullable String query, String source) {}

    private enum Decision {
        GRANTED,
        REFUSED,
        WITHDRAWN
    }

    private final SetClock clock = new SetClock();
    private final Random random = new Random(20_261_129);
    private Consent consent = Consent.GRANTED;

    @Test
    void whatIsStoredIsTheTruthOfEverybodyWhoConsents() throws Exception {
        int longerThanSafari = 0;
        int stored = 0;
        try (Reftrail reftrail = Kits.builder(new Captures())
                .touches(TouchSettings.DEFAULT)
                .transport(new NobodyThere())
                .outbox(new InMemoryOutbox(2 * CUSTOMERS, clock))
                .clock(clock)
                .build()) {
            ReferralCaptureFilter filter = ReferralCaptureFilter.builder(reftrail)
                    .consent(request -> consent)
                    .strip(StripMode.WRAP)
                    .build();
            for (int i = 0; i < CUSTOMERS; i++) {
                Decision decision = i % 10 < 7 ? Decision.GRANTED : i % 10 < 9 ? Decision.REFUSED : Decision.WITHDRAWN;
                boolean twoBrowsers = random.nextInt(10) == 0;
                Instant start = clock.now;
                List<String> truth = live(filter, reftrail, "customer-" + i, decision, twoBrowsers);

                Journey journey = reftrail.journey("customer-" + i);
                if (decision == Decision.GRANTED && !truth.isEmpty()) {
                    assertThat(journey).as("customer %s", i).isNotNull();
                    assertThat(journey.touches().stream().map(Touch::source))
                            .as("customer %s", i)
                            .isEqualTo(truth);
                    stored++;
                    Touch first = journey.touches().get(0);
                    longerThanSafari +=
                            Duration.between(first.time(), clock.now).toDays() >= 7 ? 1 : 0;
                } else {
                    assertThat(journey).as("customer %s", i).isNull();
                }
                clock.now = start.plus(Duration.ofDays(100));
            }
        }
        assertThat(stored).isGreaterThan(CUSTOMERS / 2);
        assertThat(longerThanSafari).isGreaterThan(CUSTOMERS / 4);
    }

    /** Lets a customer live until the sign-up, and returns the sources that the browser of the sign-up has seen. */
    private List<String> live(
            ReferralCaptureFilter filter, Reftrail reftrail, String id, Decision decision, boolean twoBrowsers)
            throws Exception {
        consent = decision == Decision.REFUSED ? Consent.REFUSED : Consent.GRANTED;
        List<Map<String, String>> jars = List.of(new HashMap<>(), new HashMap<>());
        List<String> truth = new ArrayList<>();
        @Nullable Instant last = null;
        int visits = 1 + random.nextInt(8);
        for (int visit = 0; visit < visits; visit++) {
            clock.now = clock.now.plus(
                    random.nextInt(4) == 0
                            ? Duration.ofMinutes(1 + random.nextInt(29))
                            : Duration.ofHours(1 + random.nextInt(250)));
            boolean isOther = twoBrowsers && random.nextBoolean();
            Way way = WAYS.get(random.nextInt(WAYS.size()));
            visit(filter, way, jars.get(isOther ? 1 : 0));
            if (!isOther) {
                boolean sameSession = last != null && clock.now.isBefore(last.plus(Duration.ofMinutes(30)));
                String before = truth.isEmpty() ? "" : truth.get(truth.size() - 1);
                if (!sameSession
                        || !(way.source().equals(before) || way.source().equals("direct"))) {
                    truth.add(way.source());
                    last = clock.now;
                }
            }
        }
        clock.now = clock.now.plus(Duration.ofMinutes(5));
        if (decision == Decision.WITHDRAWN) {
            consent = Consent.REFUSED;
            visit(filter, WAYS.get(0), jars.get(0));
        }
        Exchange signUp = new Exchange(null, null, jars.get(0));
        filter.doFilter(
                signUp,
                signUp.response,
                (request, response) -> reftrail.lead(
                        new ServletCookieExchange((HttpServletRequest) request, (HttpServletResponse) response),
                        Customer.of(id)));
        return truth;
    }

    private static void visit(ReferralCaptureFilter filter, Way way, Map<String, String> jar) throws Exception {
        Exchange exchange = new Exchange(way.referrer(), way.query(), jar);
        exchange.isVisit = true;
        filter.doFilter(exchange, exchange.response, (request, response) -> {});
    }

    private static final class SetClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    /** A request of a browser, whose jar takes the cookies of the response. */
    private static final class Exchange extends HttpServletRequestWrapper {

        private static final HttpServletRequest ANY =
                Mockito.mock(HttpServletRequest.class, Mockito.withSettings().stubOnly());
        private static final HttpServletResponse NONE =
                Mockito.mock(HttpServletResponse.class, Mockito.withSettings().stubOnly());
        private static final ServletContext CONTEXT =
                Mockito.mock(ServletContext.class, Mockito.withSettings().stubOnly());

        private final @Nullable String query;
        private final Map<String, String> headers = new HashMap<>();
        private final Map<String, Object> attributes = new HashMap<>();
        private final HttpServletResponse response;
        private boolean isVisit;

        Exchange(@Nullable String referrer, @Nullable String query, Map<String, String> jar) {
            super(ANY);
            this.query = query;
            headers.put("Sec-Fetch-Mode", "navigate");
            headers.put("Sec-Fetch-Dest", "document");
            headers.put("Sec-Fetch-User", "?1");
            if (referrer != null) {
                headers.put("Referer", referrer);
            }
            List<String> pairs = new ArrayList<>();
            jar.forEach((name, value) -> pairs.add(name + "=" + value));
            if (!pairs.isEmpty()) {
                headers.put("Cookie", String.join("; ", pairs));
            }
            this.response = new JarResponse(jar);
        }

        @Override
        public @Nullable String getHeader(String name) {
            if (name.equals("Sec-Fetch-Site")) {
                return isVisit ? (headers.containsKey("Referer") ? "cross-site" : "none") : "same-origin";
            }
            return headers.get(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            String value = getHeader(name);
            return Collections.enumeration(value == null ? List.of() : List.of(value));
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public @Nullable String getQueryString() {
            return query;
        }

        @Override
        public String getRequestURI() {
            return "/pricing";
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer("https://shop.example.com/pricing");
        }

        @Override
        public String getServerName() {
            return "shop.example.com";
        }

        @Override
        public String getProtocol() {
            return "HTTP/1.1";
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.REQUEST;
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public boolean isAsyncStarted() {
            return false;
        }

        @Override
        public ServletContext getServletContext() {
            return CONTEXT;
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return attributes.get(name);
        }

        @Override
        public void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }
    }

    private static final class JarResponse extends HttpServletResponseWrapper {

        private final Map<String, String> jar;

        JarResponse(Map<String, String> jar) {
            super(Exchange.NONE);
            this.jar = jar;
        }

        @Override
        public void addHeader(String name, String value) {
            if (name.equals("Set-Cookie")) {
                String pair = value.substring(0, value.indexOf(';'));
                String cookie = pair.substring(0, pair.indexOf('='));
                if (value.contains("Max-Age=0;")) {
                    jar.remove(cookie);
                } else {
                    jar.put(cookie, pair.substring(pair.indexOf('=') + 1));
                }
            }
        }

        @Override
        public Collection<String> getHeaderNames() {
            return List.of();
        }

        @Override
        public Collection<String> getHeaders(String name) {
            return List.of();
        }
    }

    /** No vendor ever gets or answers anything. */
    private static final class NobodyThere implements HttpTransport {

        @Override
        public HttpReply send(HttpCall call) throws IOException {
            throw new IOException("nobody is there");
        }

        @Override
        public void close() {}
    }
}
