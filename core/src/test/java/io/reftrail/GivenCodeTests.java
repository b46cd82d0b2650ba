package io.reftrail;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.TouchSettings;
import io.reftrail.capture.Visit;
import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.model.Decision.Stage;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.ExchangingBackend;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.StubServer.Received;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A code that a visitor gives in a form, with and without a click, and what the form learns of it. */
class GivenCodeTests {

    private static final Customer KIM = Customer.of("kim");

    private static final String FIELD = "referral-code";

    private final AtomicBoolean unknown = new AtomicBoolean();
    private final StubServer vendor = StubServer.answering(this::answer);
    private final HandSetClock clock = new HandSetClock();
    private final InMemoryOutbox outbox = new InMemoryOutbox(10, clock);
    private @Nullable Reftrail open;

    private Answer answer(Received request) {
        if (request.body().startsWith("CLICK")) {
            return unknown.get() ? Answer.of(410, "") : Answer.of(200, "clk-1");
        }
        return Answer.of(200, request.body().startsWith("{") ? "{\"status\":\"recorded\"}" : "");
    }

    private ReftrailBuilder builder() {
        return Reftrail.builder()
                .backend(new ExchangingBackend(vendor.url()))
                .outbox(outbox)
                .clock(clock);
    }

    private ReftrailBuilder withIntrow() {
        return builder()
                .backend(
                        IntrowBackend.builder("ik_secret").baseUrl(vendor.url()).build());
    }

    private Reftrail open(ReftrailBuilder builder) {
        open = builder.build();
        return open;
    }

    @AfterEach
    void close() {
        requireNonNull(open).close();
        vendor.close();
    }

    private RecordingExchange click(RecordingExchange exchange, String query) {
        CapturedQuery captured =
                requireNonNull(requireNonNull(open).visits().capture().read(query));
        captured.clicks().forEach(click -> requireNonNull(open).visits().recordLanding(click, exchange, Visit.UNKNOWN));
        return exchange.next();
    }

    private List<String> delivered() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return requireNonNull(open).backends().stream().allMatch(name -> outbox.depth(name) == 0);
        });
        return vendor.requests().stream().map(Received::body).toList();
    }

    private List<String> decisions(Stage stage) {
        List<Decision> recent = requireNonNull(open).operations().recentDecisions();
        assertThat(recent.toString()).doesNotContainIgnoringCase("nora");
        return recent.stream()
                .filter(decision -> decision.stage() == stage)
                .map(decision -> decision.backend() + " " + decision.reason())
                .toList();
    }

    private static @Nullable Attribution ofApplication(String code) {
        return switch (code) {
            case "SUMMER-NORA" -> new Attribution("introw", "aff_nora", null);
            case "nora" -> Attribution.ofCode("bazaar", "nora-7");
            case "old" -> new Attribution("departed", "x", null);
            case "nora-of-introw" -> Attribution.ofCode("introw", "nora");
            case "broken" -> throw new IllegalStateException("nora");
            default -> null;
        };
    }

    @Test
    void aCodeIsExchangedAndBecomesALeadWithoutAClick() {
        LeadReport report = open(builder()).lead(RecordingExchange.with(), KIM, " nora-7 ");

        assertThat(report.statuses()).isEqualTo(Map.of("bazaar", LeadStatus.ENQUEUED));
        assertThat(report.code()).isEqualTo(CodeStatus.UNCONFIRMED);
        assertThat(delivered()).containsExactly("CLICK null", "LEAD clk-1 kim");
        assertThat(decisions(Stage.CODE)).containsExactly("bazaar confirmed", "bazaar unconfirmed");
    }

    @Test
    void aCodeThatTheVendorDoesNotHaveMakesNoLead() {
        unknown.set(true);
        open(builder()).lead(RecordingExchange.with(), KIM, "nora-7");

        assertThat(delivered()).containsExactly("CLICK null");
        assertThat(decisions(Stage.CODE)).containsExactly("bazaar denied", "bazaar unconfirmed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://nora.example/", "nora@example.org", "no ra", "nora\u0007", "nöra", "nora.example.com"})
    void whatCanBeNoCodeIsUnknownAtOnceAndNobodyIsAsked(String text) {
        LeadReport report = open(builder()).lead(RecordingExchange.with(), KIM, text);

        assertThat(report.code()).isEqualTo(CodeStatus.UNKNOWN);
        assertThat(report.isEmpty()).isTrue();
        assertThat(delivered()).isEmpty();
        assertThat(decisions(Stage.CODE)).containsExactly("null unknown");
        assertThat(decisions(Stage.LEAD)).containsExactly("null no-click");
    }

    @Test
    void aCodeIsNoLongerThanAVendorsAndABlankOneIsNone() {
        Reftrail reftrail = open(builder());

        assertThat(reftrail.checkCode("n".repeat(41))).isEqualTo(CodeStatus.UNKNOWN);
        assertThat(reftrail.checkCode("n".repeat(300))).isEqualTo(CodeStatus.UNKNOWN);
        assertThat(reftrail.lead(RecordingExchange.with(), KIM, "  ").code()).isNull();
        assertThat(decisions(Stage.CODE)).containsExactly("null unknown", "null unknown");
    }

    @Test
    void theApplicationsListDecidesAloneUnlessAVendorsCodesAreConfigured() {
        Reftrail reftrail = open(withIntrow().referralCodes(GivenCodeTests::ofApplication));

        assertThat(reftrail.checkCode("max")).isEqualTo(CodeStatus.UNKNOWN);
        assertThat(reftrail.checkCode("old")).isEqualTo(CodeStatus.NO_BACKEND);
        assertThat(reftrail.checkCode("nora-of-introw")).isEqualTo(CodeStatus.NO_BACKEND);
        assertThat(reftrail.checkCode("broken")).isEqualTo(CodeStatus.FAILED);
        assertThat(reftrail.checkCode("SUMMER-NORA")).isEqualTo(CodeStatus.KNOWN);
        assertThat(decisions(Stage.CODE))
                .containsExactly("null failed", "null no-backend", "null no-backend", "null unknown");

        LeadReport report = reftrail.lead(RecordingExchange.with(), KIM, "SUMMER-NORA");
        assertThat(report.statuses()).isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
        assertThat(report.code()).isEqualTo(CodeStatus.KNOWN);
        reftrail.lead(RecordingExchange.with(), Customer.of("lee"), "nora");
        assertThat(delivered())
                .hasSize(3)
                .contains("CLICK null", "LEAD clk-1 lee")
                .anySatisfy(body -> assertThat(body).contains("aff_nora"));
    }

    @Test
    void aVendorsListKnowsItsCodesInAnySpelling() {
        Reftrail reftrail = open(Reftrail.builder()
                .backend(AffihubBackend.builder("prog_1").codes(List.of("Nora")).build())
                .backend(new ExchangingBackend(vendor.url()))
                .outbox(outbox)
                .clock(clock));

        assertThat(reftrail.checkCode("nora")).isEqualTo(CodeStatus.KNOWN);
        assertThat(reftrail.checkCode("max")).isEqualTo(CodeStatus.UNCONFIRMED);
        List<Attribution> attributions = reftrail.attributions(RecordingExchange.with(), "NORA");
        assertThat(attributions)
                .extracting(Attribution::backend, Attribution::clickId, Attribution::clickKey)
                .containsExactly(tuple("affihub", "Nora", null));
    }

    @Test
    void aCodeOfTwoVendorsIsNobodys() {
        Reftrail reftrail =
                open(builder().backend(AffihubBackend.builder("prog_1").build()));

        assertThat(reftrail.lead(RecordingExchange.with(), KIM, "nora-7").code())
                .isEqualTo(CodeStatus.AMBIGUOUS);
        assertThat(decisions(Stage.CODE)).containsExactly("null ambiguous");
    }

    @Test
    void aKnownCodeWinsOverTheClickOfAnotherVendorWhichNoLaterSignInReports() {
        Reftrail reftrail = open(withIntrow().referralCodes(GivenCodeTests::ofApplication));
        RecordingExchange exchange = click(RecordingExchange.with(), "irw_id=click-4711");

        LeadReport report = reftrail.lead(exchange, KIM, "nora");

        assertThat(report.statuses()).isEqualTo(Map.of("bazaar", LeadStatus.ENQUEUED));
        assertThat(reftrail.signIn(exchange, KIM).isEmpty()).isTrue();
        assertThat(exchange.next().cookieHeaders()).isEmpty();
        assertThat(delivered()).containsExactly("CLICK null", "LEAD clk-1 kim");
    }

    @Test
    void aClickWinsWhereTheSettingsSaySo() {
        Reftrail reftrail = open(withIntrow()
                .referralCodes(GivenCodeTests::ofApplication)
                .codes(new CodeSettings(null, CodeSettings.Winner.CLICK)));
        RecordingExchange exchange = click(RecordingExchange.with(), "irw_id=click-4711");

        LeadReport report = reftrail.lead(exchange, KIM, "nora");
        assertThat(report.statuses()).isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
        assertThat(report.code()).isEqualTo(CodeStatus.CLICK_COUNTS);
        assertThat(reftrail.lead(RecordingExchange.with(), Customer.of("lee"), "nora")
                        .code())
                .isEqualTo(CodeStatus.KNOWN);
        assertThat(decisions(Stage.CODE)).contains("bazaar click-counts", "bazaar known");
    }

    @Test
    void aCodeThatTheVendorDoesNotHaveCostsNoPartnerTheClick() {
        Reftrail reftrail = open(withIntrow());
        RecordingExchange exchange = click(
                RecordingExchange.with("bazaar_click=clk-0; _reftrail_bazaar="
                        + clock.instant().getEpochSecond()),
                "irw_id=click-4711");
        unknown.set(true);

        LeadReport report = reftrail.lead(exchange, KIM, "nonsense");

        assertThat(report.statuses().keySet()).containsExactlyInAnyOrder("introw", "bazaar");
        assertThat(delivered()).contains("CLICK clk-0", "LEAD clk-0 kim").anySatisfy(body -> assertThat(body)
                .contains("click-4711"));
        assertThat(decisions(Stage.CODE)).containsExactly("bazaar denied", "bazaar unconfirmed");
    }

    @Test
    void aClickThatIsBeingExchangedIsNotGivenUpForACodeThatMayNotExist() {
        Reftrail reftrail = open(builder());
        RecordingExchange exchange = click(RecordingExchange.with(), "pc=max");

        assertThat(reftrail.lead(exchange, KIM, "nonsense").code()).isEqualTo(CodeStatus.CLICK_COUNTS);
        RecordingExchange same = click(RecordingExchange.with(), "pc=nora-7");
        assertThat(reftrail.lead(same, Customer.of("lee"), "nora-7").code()).isEqualTo(CodeStatus.UNCONFIRMED);
        assertThat(delivered())
                .containsExactlyInAnyOrder("CLICK null", "LEAD clk-1 kim", "CLICK null", "LEAD clk-1 lee");
    }

    @Test
    void theFieldOfTheFormIsReadAtSignUpAndAtSignInOnce() {
        Reftrail reftrail = open(builder().codes(new CodeSettings(FIELD, CodeSettings.Winner.CODE)));
        RecordingExchange form = RecordingExchange.with().posting(FIELD, "nora-7");
        assertThat(reftrail.mayBeReferred(form)).isTrue();
        assertThat(reftrail.mayBeReferred(RecordingExchange.with())).isFalse();

        assertThat(reftrail.signIn(form, KIM).statuses()).isEqualTo(Map.of("bazaar", LeadStatus.ENQUEUED));
        assertThat(reftrail.signIn(form, KIM).isEmpty()).isTrue();

        assertThat(delivered()).containsExactly("CLICK null", "LEAD clk-1 kim");
        assertThat(decisions(Stage.CODE)).containsExactly("bazaar confirmed", "bazaar unconfirmed");
        assertThat(decisions(Stage.SIGN_IN)).containsExactly("null already-reported", "null examined");
    }

    @Test
    void anExistingCustomerWhoGivesACodeIsNoLead() {
        Reftrail reftrail = open(builder().codes(new CodeSettings(FIELD, CodeSettings.Winner.CODE)));
        Customer old = KIM.withCreatedAt(clock.instant().minus(Duration.ofDays(9)));

        LeadReport report = reftrail.signIn(RecordingExchange.with().posting(FIELD, "nora-7"), old);

        assertThat(report.statuses()).isEqualTo(Map.of("bazaar", LeadStatus.EXISTING_CUSTOMER));
        assertThat(delivered()).isEmpty();
    }

    @Test
    void aCodeWithoutARequestIsALeadOfABackendThatTakesCodes() {
        Reftrail reftrail =
                open(withIntrow().backend(AffihubBackend.builder("prog_1").build()));

        assertThat(reftrail.lead(Attribution.ofCode("bazaar", "nora-7"), KIM).status("bazaar"))
                .isEqualTo(LeadStatus.ENQUEUED);
        assertThat(reftrail.lead(Attribution.ofCode("affihub", "nora"), KIM).status("affihub"))
                .isEqualTo(LeadStatus.ENQUEUED);
        assertThat(reftrail.checkoutMetadata("kim").isEmpty()).isFalse();
        assertThat(reftrail.lead(Attribution.ofCode("introw", "nora"), KIM).status("introw"))
                .isEqualTo(LeadStatus.REFUSED);
        assertThat(delivered()).containsExactly("CLICK null", "LEAD clk-1 kim");
    }

    @Test
    void withoutTheSettingNoFieldIsRead() {
        Reftrail reftrail = open(builder());

        assertThat(reftrail.lead(RecordingExchange.with().posting(FIELD, "nora-7"), KIM)
                        .code())
                .isNull();
    }

    @Test
    void aCodeIsTheLastTouchOfTheJourney() {
        Reftrail reftrail = open(builder().touches(TouchSettings.DEFAULT));
        reftrail.lead(RecordingExchange.with(), KIM, "nora-7");
        reftrail.lead(RecordingExchange.with(), Customer.of("lee"), "no such");

        assertThat(requireNonNull(reftrail.journey("kim")).touches())
                .extracting(Touch::origin, Touch::source, Touch::partner)
                .containsExactly(tuple(Origin.CODE, "bazaar", new Partner("bazaar", "nora-7")));
        assertThat(reftrail.journey("lee")).isNull();
    }
}
