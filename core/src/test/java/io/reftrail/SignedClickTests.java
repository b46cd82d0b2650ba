package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.CookieSigning;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.capture.Visit;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.ExchangingBackend;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.StubServer.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signed cookies in each flow: nothing that a click of ours needs is lost, and nothing that others wrote is a click. */
class SignedClickTests {

    private static final CookieSigning SIGNING = CookieSigning.of(List.of("key-0123456789-abcdefghijklmnopqrstuvwxyz"));
    private static final Customer KIM = Customer.of("kim");

    private final AtomicBoolean inactive = new AtomicBoolean();
    private final StubServer vendor = StubServer.answering(this::answer);
    private final HandSetClock clock = new HandSetClock();
    private final InMemoryOutbox outbox = new InMemoryOutbox(8, clock);
    private final Reftrail reftrail = builder().build();

    private Answer answer(Received request) {
        return inactive.get() && request.body().startsWith("CLICK")
                ? Answer.of(410, "")
                : Answer.of(200, request.body().equals("CLICK null") ? "clk-1" : "");
    }

    private ReftrailBuilder builder() {
        return Reftrail.builder()
                .backend(IntrowBackend.builder("key").baseUrl(vendor.url()).build())
                .backend(AffihubBackend.builder("prog_1").baseUrl(vendor.url()).build())
                .backend(new ExchangingBackend(vendor.url()))
                .cookieSigning(SIGNING)
                .outbox(outbox)
                .clock(clock);
    }

    @AfterEach
    void close() {
        reftrail.close();
        vendor.close();
    }

    private static RecordingExchange land(Reftrail reftrail, RecordingExchange visitor, String query) {
        CapturedQuery captured = reftrail.visits().capture().read(query);
        assertThat(captured).isNotNull();
        Visit visit = new Visit("https://shop.example/?" + query, null, query, false);
        captured.clicks().forEach(click -> reftrail.visits().recordLanding(click, visitor, visit));
        return visitor.next();
    }

    private RecordingExchange land(RecordingExchange visitor, String query) {
        return land(reftrail, visitor, query);
    }

    private RecordingExchange handedOver(RecordingExchange before) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(
                        () -> {
                            clock.advance(Duration.ofSeconds(1));
                            RecordingExchange request = before.next();
                            reftrail.visits().handOver(request);
                            return request;
                        },
                        request -> !request.setCookies().isEmpty())
                .next();
    }

    private static RecordingExchange with(RecordingExchange visitor, String cookie) {
        return RecordingExchange.with(visitor.cookieHeaders().get(0) + "; " + cookie);
    }

    @Test
    void aLandingsClickIdIsALeadAndAForgedOneIsNot() {
        RecordingExchange landed = land(RecordingExchange.with(), "irw_id=one");

        assertThat(reftrail.lead(RecordingExchange.with("_introw_aff=one"), KIM).statuses())
                .isEmpty();
        assertThat(reftrail.lead(landed, KIM).statuses()).isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
        assertThat(landed.next().cookieHeaders()).isEmpty();
    }

    @Test
    void aForgedTimeMakesNoLeadOfAnExistingCustomer() {
        Customer existing = KIM.withCreatedAt(HandSetClock.START.minus(Duration.ofDays(30)));
        RecordingExchange landed = land(RecordingExchange.with(), "irw_id=one");
        String backdated = landed.cookieHeaders().get(0).replaceFirst("\\*\\d{10}\\.", "*1600000000.");

        assertThat(reftrail.lead(RecordingExchange.with(backdated), existing).statuses())
                .isEmpty();
        assertThat(reftrail.lead(landed, existing).statuses())
                .isEqualTo(Map.of("introw", LeadStatus.EXISTING_CUSTOMER));
    }

    @Test
    void aCodeThatIsExchangedIsSignedOnItsWayAndAtHome() {
        RecordingExchange landed = land(RecordingExchange.with(), "pc=nora-7");
        RecordingExchange home = handedOver(landed);

        assertThat(home.cookieHeaders().get(0)).contains("bazaar_click=clk-1").containsPattern("bazaar=.{22}\\*");
        assertThat(reftrail.lead(home, KIM).statuses()).isEqualTo(Map.of("bazaar", LeadStatus.ENQUEUED));
    }

    @Test
    void aForgedCodeIsNoClick() {
        String forged = "_reftrail_bazaar=1772360130!~0b9d2f3c-0000-4000-8000-000000000000~nora-7";

        assertThat(reftrail.attributions(RecordingExchange.with(forged))).isEmpty();
        assertThat(reftrail.attributions(
                        RecordingExchange.with(forged.replace("bazaar=", "bazaar=AAAAAAAAAAAAAAAAAAAAAA*"))))
                .isEmpty();
    }

    @Test
    void whatAScriptWritesWhileACodeIsExchangedTakesNothingFromIt() {
        RecordingExchange landed = land(RecordingExchange.with(), "pc=nora-7");
        RecordingExchange tossed = with(landed, "bazaar_click=tossed");

        assertThat(reftrail.attributions(tossed))
                .singleElement()
                .satisfies(click -> assertThat(click.detail(Attribution.CODE)).isEqualTo("nora-7"));
        assertThat(handedOver(tossed).cookieHeaders().get(0)).contains("bazaar_click=clk-1");
    }

    @Test
    void aLinkThatIsNotActiveTakesNothingFromThePartnerBefore() {
        RecordingExchange home = handedOver(land(RecordingExchange.with(), "pc=nora-7"));
        inactive.set(true);
        Instant gone = clock.instant().truncatedTo(ChronoUnit.SECONDS);

        RecordingExchange after = handedOver(land(home, "pc=gone"));

        assertThat(reftrail.attributions(after)).containsExactly(new Attribution("bazaar", "clk-1", gone));
        assertThat(reftrail.attributions(
                        RecordingExchange.with(after.cookieHeaders().get(0).replace("clk-1", "clk-2"))))
                .isEmpty();
    }

    @Test
    void aLinkThatIsNotActiveMakesNoNewCustomerOfAnExistingOne() {
        Customer existing = KIM.withCreatedAt(clock.instant());
        clock.advance(Duration.ofDays(2));
        RecordingExchange home = handedOver(land(RecordingExchange.with(), "pc=nora-7"));
        inactive.set(true);

        RecordingExchange after = handedOver(land(home, "pc=gone"));

        assertThat(reftrail.lead(after, existing).statuses()).isEqualTo(Map.of("bazaar", LeadStatus.EXISTING_CUSTOMER));
    }

    @Test
    void aCodeThatIsCountedIsSignedToo() {
        RecordingExchange landed = land(RecordingExchange.with(), "ref=mia");

        assertThat(reftrail.attributions(landed))
                .extracting(Attribution::clickId)
                .containsExactly("mia");
        assertThat(reftrail.attributions(RecordingExchange.with("affihub_ref=mia")))
                .isEmpty();
    }

    @Test
    void aTossedClickIdDoesNotKeepTheFirstClickOut() {
        try (Reftrail first = builder().attributionModel(ClickModel.FIRST_CLICK).build()) {
            RecordingExchange landed = land(first, RecordingExchange.with("_introw_aff=tossed"), "irw_id=one");
            RecordingExchange second = land(first, landed, "irw_id=two");

            assertThat(first.attributions(second))
                    .extracting(Attribution::clickId)
                    .containsExactly("one");
        }
    }

    @Test
    void aClickThatStaysAfterItsLeadStaysSigned() {
        try (Reftrail keeping = builder()
                .cookies(CookieSettings.DEFAULT.withKeepAfterLead(Set.of("introw")))
                .build()) {
            RecordingExchange landed = land(keeping, RecordingExchange.with(), "irw_id=one");
            keeping.lead(landed, KIM);

            assertThat(keeping.attributions(landed.next()))
                    .extracting(Attribution::clickId)
                    .containsExactly("one");
        }
    }

    @Test
    void theSameLinkAgainKeepsTheTimeOfTheFirstClick() {
        RecordingExchange landed = land(RecordingExchange.with(), "irw_id=one");
        clock.advance(Duration.ofDays(3));

        assertThat(reftrail.attributions(land(landed, "irw_id=one")))
                .containsExactly(new Attribution("introw", "one", HandSetClock.START));
    }
}
