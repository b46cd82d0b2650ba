package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.Visit;
import io.reftrail.model.Customer;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.ExchangingBackend;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.UnreachableTransport;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Cookies that stay when the lead is safe, for vendors whose own sale tracking reads them. */
class KeptCookieTests {

    private static final Customer MIA = Customer.of("mia");

    private final HandSetClock clock = new HandSetClock();
    private final InMemoryOutbox outbox = new InMemoryOutbox(8, clock);

    private ReftrailBuilder builder(String... kept) {
        return Reftrail.builder()
                .backend(IntrowBackend.of("ik_secret"))
                .backend(RefportBackend.of("rk_secret"))
                .cookies(CookieSettings.DEFAULT.withKeepAfterLead(Set.of(kept)))
                .outbox(outbox)
                .transport(new UnreachableTransport())
                .clock(clock);
    }

    @Test
    void onlyTheNamedBackendsCookiesStay() {
        try (Reftrail reftrail = builder("refport").build()) {
            RecordingExchange signUp = RecordingExchange.with("_introw_aff=i; refp_id=r");

            reftrail.lead(signUp, MIA);

            assertThat(signUp.setCookies()).hasSize(2).allMatch(line -> line.contains("introw"));
            assertThat(signUp.next().cookieHeaders()).containsExactly("refp_id=r");
        }
    }

    @Test
    void theNextSignInIsADuplicateAndNothingIsSentAgain() {
        try (Reftrail reftrail = builder("refport").build()) {
            RecordingExchange first = RecordingExchange.with("refp_id=r");
            assertThat(reftrail.signIn(first, MIA).statuses()).isEqualTo(Map.of("refport", LeadStatus.ENQUEUED));
            assertThat(reftrail.signIn(first, MIA).statuses()).isEmpty();

            clock.advance(Duration.ofDays(1));
            RecordingExchange second = first.next();
            assertThat(reftrail.signIn(second, MIA).statuses()).isEqualTo(Map.of("refport", LeadStatus.DUPLICATE));

            assertThat(outbox.depth("refport")).isOne();
            assertThat(second.setCookies()).isEmpty();
        }
    }

    @Test
    void aClickThatIsExchangedAfterTheLeadIsBroughtHome() {
        try (StubServer vendor = StubServer.answering(
                        request -> Answer.of(200, request.body().startsWith("CLICK") ? "clk-1" : ""));
                Reftrail reftrail = Reftrail.builder()
                        .backend(new ExchangingBackend(vendor.url()))
                        .cookies(CookieSettings.DEFAULT.withKeepAfterLead(Set.of(ExchangingBackend.NAME)))
                        .outbox(outbox)
                        .clock(clock)
                        .build()) {
            CapturedQuery query = reftrail.visits().capture().read("pc=nora-7");
            assertThat(query).isNotNull();
            RecordingExchange landing = RecordingExchange.with();
            reftrail.visits()
                    .recordLanding(
                            query.clicks().get(0),
                            landing,
                            new Visit("https://shop.example/?pc=nora-7", null, "pc=nora-7", false));
            RecordingExchange signUp = landing.next();
            assertThat(reftrail.lead(signUp, MIA).statuses())
                    .isEqualTo(Map.of(ExchangingBackend.NAME, LeadStatus.ENQUEUED));

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
                clock.advance(Duration.ofSeconds(1));
                RecordingExchange page = signUp.next();
                reftrail.visits().handOver(page);
                return page.next().cookieHeaders().get(0).contains("bazaar_click=clk-1");
            });
        }
    }

    @Test
    void aNameThatIsNoActiveBackendsStopsTheStart() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> builder("introw", "refprot").build())
                .withMessage("cookie.keep-after-lead: no active backend is named 'refprot'."
                        + " Write names of these: introw, refport.");
    }

    @Test
    void withoutAnyBackendThereIsNothingToKeep() {
        CookieSettings settings = CookieSettings.DEFAULT.withKeepAfterLead(Set.of("refport"));
        try (Reftrail reftrail = Reftrail.builder().cookies(settings).build()) {
            assertThat(reftrail.backends()).isEmpty();
        }
    }
}
