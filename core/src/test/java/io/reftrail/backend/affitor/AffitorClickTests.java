package io.reftrail.backend.affitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.Journeys;
import io.reftrail.backend.Replies;
import io.reftrail.backend.SalesReporting;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a click at Affitor, in earnest and as a test (docs/contracts/affitor.md, sections 3.1, 3.7 and 4). */
class AffitorClickTests {

    private final AffitorBackend affitor =
            AffitorBackend.builder("t").programId("12").build();
    private final AffitorBackend testing =
            AffitorBackend.builder("t").programId("12").testMode(true).build();

    private static Attribution exchanged(AffitorBackend backend, Attribution before, String body) {
        Outcome outcome = backend.outcome(
                Journeys.click(backend).withAttribution(before), Replies.reply(200, body.replace('\'', '"')));
        assertThat(outcome.verdict()).isEqualTo(Verdict.RECORDED);
        assertThat(outcome.attribution()).isNotNull();
        return outcome.attribution();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "1, PT24H",
                "60, PT1440H",
                "365, PT8760H",
                "0, none",
                "-1, none",
                "366, none",
                "99999999999, none",
                "60.5, none",
                "'\"60\"', none",
                "null, none"
            })
    void theWindowOfTheReplyIsKeptIfItCanBeOne(String days, @Nullable String window) {
        Attribution attribution = exchanged(
                affitor,
                Journeys.pending(affitor),
                "{'success':true,'click_id':'cust_12_1','cookie_window_days':" + days + "}");

        assertThat(attribution.clickId()).isEqualTo("cust_12_1");
        assertThat(attribution.clickKey()).isEqualTo("key-1");
        assertThat(attribution.detail(Attribution.WINDOW)).isEqualTo(window);
    }

    @Test
    void whatWasKnownOfTheClickBeforeIsForgotten() {
        Attribution before = new Attribution(
                "affitor", "old", Journeys.NOW, "key-1", Map.of("cookie", "customer_code", "window", "PT24H"));

        assertThat(exchanged(affitor, before, "{'success':true,'click_id':'new'}"))
                .isEqualTo(new Attribution("affitor", "new", Journeys.NOW, "key-1", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, P60D", "PT24H, P1D", "PT8760H, P90D", "nonsense, P60D", "PT0S, P60D", "PT-1H, P60D"})
    void leadsAreTriedForAsLongAsTheClickCountsAndPaymentsForLonger(@Nullable String window, Duration delivery) {
        Attribution attribution = Journeys.clicked(affitor);
        Attribution said = window == null ? attribution : attribution.with(Attribution.WINDOW, window);

        assertThat(affitor.deliveryTimeout(Journeys.lead(affitor).withAttribution(said)))
                .isEqualTo(delivery);
        assertThat(affitor.deliveryTimeout(Journeys.sale(affitor).withAttribution(said)))
                .isEqualTo(Duration.ofDays(90));
        assertThat(affitor.deliveryTimeout(Journeys.refund(affitor, null).withAttribution(said)))
                .isEqualTo(Duration.ofDays(90));
    }

    @Test
    void aTestIsCalledOneAndNoClickIdIsInvented() {
        Attribution tested = exchanged(
                testing, Journeys.pending(testing), "{'success':true,'message':'ok','data':{'test_mode':true}}");
        Lead lead = Journeys.lead(testing).withAttribution(tested);

        assertThat(testing.call(Journeys.click(testing)).body())
                .endsWith(",\"additional_data\":{\"test_mode\":true,\"program_id\":\"12\"}}");
        assertThat(testing.outcomeWithoutCall(lead)).isNull();
        assertThat(testing.call(lead).body())
                .isEqualTo("{\"customer_key\":\"acct-48213\",\"email\":\"mia@example.org\","
                        + "\"additional_data\":{\"event_name\":\"Sign Up\",\"test_mode\":true,\"program_id\":\"12\"}}");
        assertThat(testing.call(Journeys.sale(testing).withAttribution(tested)).body())
                .doesNotContain("click_id", tested.requireClickId())
                .endsWith(",\"additional_data\":{\"test_mode\":true}}");
        assertThat(testing.call(Journeys.click(testing).withAttribution(tested)).body())
                .doesNotContain("existing_click_id", tested.requireClickId());
        assertThat(AffitorBackend.builder("t")
                        .programId("12")
                        .testMode(true)
                        .sales(SalesReporting.CHECKOUT)
                        .build()
                        .checkoutMetadata(tested, "7"))
                .isEqualTo(CheckoutMetadata.NONE);
    }

    @Test
    void theOlderWayHasATestModeOfItsOwn() {
        Attribution older = Journeys.clicked(testing).with(Attribution.COOKIE, "affitor_customer");

        assertThat(testing.call(Journeys.lead(testing).withAttribution(older)).body())
                .endsWith(",\"additional_data\":{\"test_mode\":true}}");
    }

    @Test
    void aClickIdThatATestIsGivenIsNoRealOne() {
        Attribution tested = exchanged(testing, Journeys.pending(testing), "{'success':true,'click_id':'cust_1'}");

        assertThat(testing.call(Journeys.lead(testing).withAttribution(tested)).body())
                .doesNotContain("click_id");
        assertThat(affitor.outcomeWithoutCall(Journeys.lead(affitor).withAttribution(tested)))
                .isNotNull();
    }

    @Test
    void aTestsCookieIsNotReportedInEarnest() {
        Attribution tested = exchanged(testing, Journeys.pending(testing), "{'success':true}");

        assertThat(affitor.outcomeWithoutCall(Journeys.lead(affitor).withAttribution(tested)))
                .isNotNull()
                .extracting(Outcome::verdict)
                .isEqualTo(Verdict.IGNORED);
    }

    @Test
    void aRefundIsNoTest() {
        assertThat(testing.outcomeWithoutCall(Journeys.refund(testing, null))).isNotNull();
    }

    @Test
    void nothingIsMadeUpOfAClickWithoutALanding() {
        assertThat(affitor.outcomeWithoutCall(Journeys.bareClick(affitor)))
                .isNotNull()
                .extracting(Outcome::verdict)
                .isEqualTo(Verdict.IGNORED);
        assertThat(testing.call(Journeys.bareClick(testing)).body())
                .isEqualTo("{\"additional_data\":{\"test_mode\":true,\"program_id\":\"12\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/?aff=leo, false",
        "https://a.example/?x=nora7, false",
        "https://a.example/#aff=nora7, false",
        "https://a.example/aff=nora7, false",
        "https://a.example/?ref=nora7, false",
        "https://a.example/?aff=%zz&aff=nora7, false",
        "https://a.example/?aff=leo&aff=nora7, false",
        "https://a.example/?x&aff=nora7#y, true",
        "https://a.example/?aff=&%61ff=nor%617, true",
    })
    void theLandingOfAnotherClickIsNotExchangedForThisOne(String landing, boolean sent) {
        Click click = new Click(Journeys.pending(affitor), "nora7", landing, null, null, null, Map.of(), Journeys.NOW);

        assertThat(affitor.outcomeWithoutCall(click) == null).isEqualTo(sent);
        assertThat(testing.call(click).body().contains("affiliate_url")).isEqualTo(sent);
    }

    @Test
    void theLandingOfAnOlderLinkIsExchangedWhereThatIsWanted() {
        AffitorBackend older = AffitorBackend.builder("t").captureRef(true).build();
        Click click = new Click(
                Journeys.pending(older),
                "nora7",
                "https://a.example/?ref=nora7",
                null,
                null,
                null,
                Map.of(),
                Journeys.NOW);

        assertThat(older.outcomeWithoutCall(click)).isNull();
        assertThat(older.call(click).body()).startsWith("{\"affiliate_url\":\"https://a.example/?aff=nora7\"");
    }

    @Test
    void nothingIsNoSaleAndNoRefund() {
        assertThat(affitor.outcomeWithoutCall(Journeys.sale(affitor, Journeys.payment(Journeys.euros("0")))))
                .isNotNull();
        assertThat(affitor.outcomeWithoutCall(Journeys.refund(affitor, Journeys.euros("0"))))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"TRIAL", "CANCELLATION"},
            mode = EnumSource.Mode.EXCLUDE)
    void everythingElseIsSent(Event.Type type) {
        assertThat(affitor.outcomeWithoutCall(Journeys.event(affitor, type))).isNull();
        assertThat(affitor.outcomeWithoutCall(Journeys.refund(affitor, null))).isNull();
    }

    @Test
    void aCheckoutCarriesTheClickOfItsGeneration() {
        Attribution click = Journeys.clicked(affitor);
        AffitorBackend connected = AffitorBackend.builder("t")
                .programId("12")
                .sales(SalesReporting.CHECKOUT)
                .build();

        assertThat(connected.checkoutMetadata(click, "7"))
                .isEqualTo(new CheckoutMetadata(
                        Map.of("affitor_click_id", "click_1", "affitor_customer_key", "7", "program_id", "12"), null));
        assertThat(connected.checkoutMetadata(click.with(Attribution.COOKIE, "customer_code"), "7"))
                .isEqualTo(new CheckoutMetadata(
                        Map.of("customer_code", "click_1", "user_id", "7", "program_id", "12"), null));
    }

    @Test
    void clicksLeadsSalesAndRefundsAreReported() {
        assertThat(affitor.reports())
                .containsExactlyInAnyOrder(Event.Type.CLICK, Event.Type.LEAD, Event.Type.SALE, Event.Type.REFUND);
    }
}
