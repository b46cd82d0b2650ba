package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.Visit;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.ExchangingBackend;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.StubServer.Received;
import io.reftrail.testing.TestEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A partner's code becomes a click id behind the visitor's back, whatever happens on the way. */
class ExchangeTests {

    private static final Customer KIM = Customer.of("kim");

    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean inactive = new AtomicBoolean();
    private volatile String clickId = "clk-1";
    private final StubServer vendor = StubServer.answering(this::answer);
    private final List<Event> settled = new CopyOnWriteArrayList<>();
    private final HandSetClock clock = new HandSetClock();
    private final InMemoryOutbox outbox = new InMemoryOutbox(4, clock);
    private final Reftrail reftrail = node(outbox);

    private Answer answer(Received request) {
        if (away.get()) {
            return Answer.of(503, "");
        }
        if (inactive.get() && request.body().startsWith("CLICK")) {
            return Answer.of(410, "");
        }
        return switch (request.body()) {
            case "CLICK null" -> Answer.of(200, clickId);
            case "CLICK clk-1" -> Answer.of(200, "clk-2");
            default -> Answer.of(200, "");
        };
    }

    private Reftrail node(InMemoryOutbox outbox) {
        return Reftrail.builder()
                .backend(new ExchangingBackend(vendor.url()))
                .outbox(outbox)
                .clock(clock)
                .deliveryListener(new DeliveryListener() {
                    @Override
                    public void onSettled(Event event, Outcome outcome) {
                        settled.add(event);
                    }
                })
                .build();
    }

    @AfterEach
    void close() {
        reftrail.close();
        vendor.close();
    }

    private RecordingExchange land(RecordingExchange exchange, String code) {
        return land(exchange, code, false);
    }

    private RecordingExchange land(RecordingExchange exchange, String code, boolean prefetch) {
        String query = "pc=" + code + "&utm_source=blog";
        CapturedQuery captured = reftrail.visits().capture().read(query);
        assertThat(captured).isNotNull();
        Visit visit = new Visit("https://shop.example/?" + query, "https://blog.example/", query, prefetch);
        captured.clicks().forEach(click -> reftrail.visits().recordLanding(click, exchange, visit));
        return exchange.next();
    }

    /** The browser's next request that finds the click id there. */
    private RecordingExchange handedOver(RecordingExchange before) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            RecordingExchange request = before.next();
            reftrail.visits().handOver(request);
            return !request.setCookies().isEmpty();
        });
        RecordingExchange request = before.next();
        reftrail.visits().handOver(request);
        return request.next();
    }

    /** The clock goes on so slowly that no lease ends while a call is under way. */
    private List<String> told() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return outbox.depth(ExchangingBackend.NAME) == 0;
        });
        return vendor.requests().stream().map(Received::body).toList();
    }

    @Test
    void aLandingKeepsAKeyAndALaterResponseBringsTheClickIdHome() {
        RecordingExchange landing = RecordingExchange.with();
        RecordingExchange after = land(landing, "nora-7");

        assertThat(landing.setCookies()).hasSize(2);
        assertThat(landing.setCookies().get(0))
                .matches("_reftrail_bazaar=\\d{10}!~[0-9a-f-]{36}~nora-7;"
                        + " Max-Age=2592000; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(landing.setCookies().get(1))
                .isEqualTo("bazaar_landing=https://shop.example/?pc=nora-7&utm_source=blog;"
                        + " Max-Age=2592000; Path=/; Secure; SameSite=Lax");

        RecordingExchange home = handedOver(after);
        assertThat(home.cookieHeaders().get(0))
                .contains("bazaar_click=clk-1", "bazaar_landing=https://shop.example/?pc=nora-7&utm_source=blog");
        reftrail.visits().handOver(home);
        assertThat(home.setCookies()).isEmpty();

        assertThat(reftrail.lead(home, KIM).statuses()).isEqualTo(Map.of("bazaar", LeadStatus.ENQUEUED));
        assertThat(told()).containsExactly("CLICK null", "LEAD clk-1 kim");
        assertThat(home.next().cookieHeaders()).isEmpty();
    }

    @Test
    void theVendorsWindowIsThatOfItsCookieFromTheLandingOn() {
        RecordingExchange after = land(RecordingExchange.with(), "nora-7");
        handedOver(after);
        clock.setTo(HandSetClock.START.plus(Duration.ofDays(4)));

        reftrail.visits().handOver(after);

        assertThat(after.setCookies())
                .allMatch(line -> line.contains("; Max-Age=518400;"))
                .hasSize(3);
    }

    @Test
    void aClickThatCountsNoLongerIsNotBroughtHome() {
        RecordingExchange after = land(RecordingExchange.with(), "nora-7");
        told();
        clock.setTo(HandSetClock.START.plus(Duration.ofDays(10)));

        assertThat(handedOver(after).cookieHeaders().get(0)).doesNotContain("bazaar_click", "_reftrail");
    }

    @Test
    void whatTheVendorsScriptHasWrittenSinceTheLandingIsNewer() {
        RecordingExchange after = land(RecordingExchange.with(), "nora-7");
        told();
        handedOver(after);
        RecordingExchange later = RecordingExchange.with(after.cookieHeaders().get(0) + "; bazaar_click=by-script");

        reftrail.visits().handOver(later);
        assertThat(later.setCookies()).isEmpty();
        assertThat(reftrail.attributions(later))
                .singleElement()
                .isEqualTo(new Attribution(ExchangingBackend.NAME, "by-script", null));
    }

    @Test
    void aLinkThatIsNotActiveTakesNothingFromAClickThatIsNotHomeYet() {
        RecordingExchange nora = land(RecordingExchange.with(), "nora-7");
        told();
        inactive.set(true);
        RecordingExchange after = land(nora, "gone");
        assertThat(after.cookieHeaders().get(0)).contains("bazaar_click=clk-1");

        reftrail.lead(after, KIM);

        assertThat(told()).containsExactly("CLICK null", "CLICK clk-1", "LEAD clk-1 kim");
    }

    @Test
    void aPageThatIsStillOnItsWayWhenTheLeadIsSafeBringsNothingHome() {
        RecordingExchange signUp = land(RecordingExchange.with(), "nora-7");
        RecordingExchange page = signUp.next();
        reftrail.lead(signUp, KIM);
        told();

        reftrail.visits().handOver(page);

        assertThat(page.setCookies()).isEmpty();
    }

    @Test
    void whoSignsUpAtOnceIsReportedAfterTheClick() {
        RecordingExchange signUp = land(RecordingExchange.with(), "nora-7");
        assertThat(reftrail.lead(signUp, KIM).statuses()).isEqualTo(Map.of("bazaar", LeadStatus.ENQUEUED));

        assertThat(told()).containsExactly("CLICK null", "LEAD clk-1 kim");
        assertThat(signUp.next().cookieHeaders()).isEmpty();
    }

    @Test
    void anOutageBetweenClickAndSignUpLosesNothing() {
        away.set(true);
        RecordingExchange signUp = land(RecordingExchange.with(), "nora-7");
        Awaitility.await().until(() -> !vendor.requests().isEmpty());
        reftrail.lead(signUp, KIM);
        away.set(false);

        assertThat(told()).contains("LEAD clk-1 kim").endsWith("CLICK null", "LEAD clk-1 kim");
    }

    @Test
    void aClickThatTheOutboxRefusedComesWithTheLead() {
        outbox.close();
        RecordingExchange after = land(RecordingExchange.with(), "nora-7");
        reftrail.close();
        InMemoryOutbox open = new InMemoryOutbox(4, clock);
        try (Reftrail later = node(open)) {
            assertThat(later.lead(after, KIM).statuses()).isEqualTo(Map.of("bazaar", LeadStatus.ENQUEUED));
            Awaitility.await().until(() -> open.depth(ExchangingBackend.NAME) == 0);
        }
        assertThat(vendor.requests().stream().map(Received::body)).containsExactly("CLICK null", "LEAD clk-1 kim");
    }

    @Test
    void aPrefetchedLandingIsNoClickUntilSomebodySignsUp() {
        RecordingExchange signUp = land(RecordingExchange.with(), "nora-7", true);
        assertThat(told()).isEmpty();

        reftrail.lead(signUp, KIM);

        assertThat(told()).containsExactly("CLICK null", "LEAD clk-1 kim");
    }

    @Test
    void theSamePartnersLinkAgainIsTheSameClick() {
        RecordingExchange second = land(RecordingExchange.with(), "nora-7");
        RecordingExchange third = land(second, "nora-7");
        assertThat(third.cookieHeaders()).isEqualTo(second.cookieHeaders());

        RecordingExchange home = handedOver(third);
        RecordingExchange fourth = land(home, "nora-7");

        assertThat(fourth.cookieHeaders()).isEqualTo(home.cookieHeaders());
        assertThat(told()).containsExactly("CLICK null");
    }

    @Test
    void anotherPartnersLinkIsANewClickThatNamesTheOneBefore() {
        RecordingExchange home = handedOver(land(RecordingExchange.with(), "nora-7"));
        RecordingExchange second = land(home, "leo");
        assertThat(second.cookieHeaders().get(0)).contains("bazaar_click=clk-1");

        reftrail.lead(second, KIM);

        assertThat(told()).containsExactly("CLICK null", "CLICK clk-1", "LEAD clk-2 kim");
    }

    @Test
    void aLinkThatIsNotActiveMakesTheLeadIgnoredWithTheReason() {
        inactive.set(true);
        RecordingExchange signUp = land(RecordingExchange.with(), "gone");
        reftrail.lead(signUp, KIM);

        assertThat(told()).containsExactly("CLICK null");
        LedgerEntry lead = outbox.find(ExchangingBackend.NAME, "Sign Up", "kim");
        assertThat(lead).isNotNull();
        assertThat(lead.verdict()).isEqualTo(Verdict.IGNORED);
        assertThat(lead.reason()).isEqualTo("its click is not attributed: the link is not active");
    }

    @Test
    void aLinkThatIsNotActiveTakesNothingFromThePartnerBefore() {
        RecordingExchange nora = handedOver(land(RecordingExchange.with(), "nora-7"));
        inactive.set(true);
        RecordingExchange after = land(nora, "gone");

        RecordingExchange home = handedOver(after);

        assertThat(home.cookieHeaders().get(0))
                .contains("bazaar_click=clk-1")
                .containsPattern("_reftrail_bazaar=\\d{10}\\.");
        reftrail.lead(after, KIM);
        assertThat(told()).containsExactly("CLICK null", "CLICK clk-1", "LEAD clk-1 kim");
    }

    /** The time of the click that stays is not known any more; it is not taken to be older than what is known. */
    @Test
    void aLinkThatIsNotActiveMakesNoNewCustomerOfAnExistingOne() {
        Customer existing = KIM.withCreatedAt(clock.instant());
        clock.advance(Duration.ofDays(2));
        RecordingExchange nora = handedOver(land(RecordingExchange.with(), "nora-7"));
        inactive.set(true);

        RecordingExchange home = handedOver(land(nora, "gone"));

        assertThat(reftrail.lead(home, existing).statuses()).isEqualTo(Map.of("bazaar", LeadStatus.EXISTING_CUSTOMER));
    }

    /** A vendor that has been broken into, or has broken something, sets no attributes of our cookies. */
    @Test
    void aClickIdThatWouldBeMoreThanACookiesValueIsKeptByNobody() {
        clickId = "clk-1;Domain=evil.example";
        RecordingExchange nora = land(RecordingExchange.with(), "nora-7");
        told();
        reftrail.visits().handOver(nora);
        assertThat(nora.setCookies()).isEmpty();

        RecordingExchange landing = nora.next();
        land(landing, "leo");

        assertThat(landing.setCookies()).isNotEmpty().noneMatch(line -> line.contains("evil"));
    }

    @Test
    void aClickThatAnotherNodeHasExchangedIsBroughtHomeToo() {
        RecordingExchange after = land(RecordingExchange.with(), "nora-7");
        told();
        try (Reftrail other = node(outbox)) {
            Awaitility.await().until(() -> {
                clock.advance(Duration.ofSeconds(1));
                RecordingExchange request = after.next();
                other.visits().handOver(request);
                return request.next().cookieHeaders().get(0).contains("bazaar_click=clk-1");
            });
        }
    }

    @Test
    void whatThisProcessHasBeenToldIsBroughtHomeTheFirstTimeThatSomebodyAsks() {
        RecordingExchange page = land(RecordingExchange.with(), "nora-7");
        Awaitility.await().until(() -> !settled.isEmpty());

        reftrail.visits().handOver(page);

        assertThat(page.next().cookieHeaders().get(0)).contains("bazaar_click=clk-1");
    }

    @Test
    void nothingIsBroughtHomeAfterSomebodyHasBeenForgotten() {
        RecordingExchange signUp = land(RecordingExchange.with(), "nora-7");
        RecordingExchange page = signUp.next();
        Awaitility.await().until(() -> !settled.isEmpty());
        outbox.enqueue(TestEvents.lead(ExchangingBackend.NAME, key(signUp), "kim"));
        told();

        reftrail.forget("kim");

        for (int asked = 0; asked < 3; asked++) {
            reftrail.visits().handOver(page);
            clock.advance(Duration.ofSeconds(2));
        }
        assertThat(page.setCookies()).isEmpty();
    }

    private static String key(RecordingExchange exchange) {
        return exchange.cookieHeaders().get(0).replaceAll(".*_reftrail_bazaar=\\d+!~([^~]*)~.*", "$1");
    }

    @Test
    void aKeyThatIsNotOursIsNoClick() {
        for (String value :
                List.of("1!~2~3", "1700000000!~" + "a".repeat(36) + "~", "1700000000!~x~nora", "!~~", "1!")) {
            RecordingExchange exchange = RecordingExchange.with("_reftrail_bazaar=" + value);
            reftrail.visits().handOver(exchange);
            assertThat(reftrail.attributions(exchange)).isEmpty();
            assertThat(reftrail.lead(exchange, KIM).statuses()).isEmpty();
        }
    }
}
