package io.reftrail.backend.dub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.Journeys;
import io.reftrail.backend.Leads;
import io.reftrail.backend.Replies;
import io.reftrail.backend.SalesReporting;
import io.reftrail.backend.dub.DubBackend.LeadMode;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of docs/contracts/dub.md, section 3, as a whole. */
class DubCallTests {

    private static final Map<String, String> KEY = Map.of("Authorization", "Bearer dub_secret");

    private final DubBackend dub =
            DubBackend.builder("dub_secret").domain("go.shop.example").build();

    private Click click(@Nullable String userAgent) {
        return new Click(Journeys.pending(dub), "nora", null, null, userAgent, null, Map.of(), Journeys.NOW);
    }

    private String body(Customer customer) {
        return dub.call(Lead.of(Journeys.clicked(dub), customer, "Sign Up", Journeys.NOW))
                .body();
    }

    @Test
    void aClickGoesOutUnderTheVisitorsAgentAndWithoutAKey() {
        assertThat(dub.call(Journeys.click(dub)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.dub.co/track/click"),
                        Map.of("User-Agent", Journeys.BROWSER),
                        "{\"domain\":\"go.shop.example\",\"key\":\"nora7\",\"url\":\"" + Journeys.LANDING
                                + "\",\"referrer\":\"https://blog.example/\"}"));
        assertThat(dub.call(click("Mozilla/5.0")).body())
                .isEqualTo("{\"domain\":\"go.shop.example\",\"key\":\"nora\"}");
    }

    /** A sender thread reads it, and eight such visitors would keep all of them busy for good. */
    @Test
    void aLongAgentIsReadInOnePass() {
        Click click = click("a".repeat(1_000_000) + "é");

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(dub.outcomeWithoutCall(click))
                .isNotNull());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, false",
                "'', false",
                "'  ', false",
                "Java-http-client/17, false",
                "Apache-HttpClient/5, false",
                "curl/8.5, false",
                "Node, false",
                "Mozilla/5.0 (iPhone) BingSapphire/26.5, false",
                "Mozilla/5.0 (Linux; Android 14) YandexSearch/24, false",
                "Mozilla/5.0 (Android) WhatsApp/2.24, false",
                "Mozilla/5.0 (Android) baiduboxapp/13, false",
                "Mozilla/5.0 (see HTTP://x), false",
                "Br\u00e4user/1, false",
                "'Mozilla/5.0\r\nX-Evil: 1', false",
                "Mozilla/5.0 (X11; Linux x86_64), true",
                "Reftrail/0.1, true",
            })
    void aClickThatWouldNeverBeRecordedIsNotSent(@Nullable String userAgent, boolean sent) {
        Outcome outcome = dub.outcomeWithoutCall(click(userAgent));

        if (sent) {
            assertThat(outcome).isNull();
        } else {
            assertThat(outcome).isNotNull().extracting(Outcome::verdict).isEqualTo(Verdict.IGNORED);
        }
    }

    @Test
    void aLead() {
        assertThat(dub.call(Journeys.lead(dub).withMetadata(Map.of("plan", "team"))))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.dub.co/track/lead"),
                        KEY,
                        "{\"clickId\":\"click_1\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"acct-48213\","
                                + "\"customerName\":\"Mia Kovac\",\"customerEmail\":\"mia@example.org\","
                                + "\"mode\":\"async\",\"metadata\":{\"plan\":\"team\"}}"));
    }

    @Test
    void aPictureIsSentWhereThereIsOne() {
        assertThat(body(Leads.MIA_WITH_A_PICTURE))
                .isEqualTo("{\"clickId\":\"click_1\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"acct-48213\","
                        + "\"customerName\":\"Mia Kovac\",\"customerEmail\":\"mia@example.org\","
                        + "\"customerAvatar\":\"https://cdn.example/mia.png\",\"mode\":\"async\"}");
    }

    @ParameterizedTest
    @CsvSource({"ASYNC, async", "WAIT, wait", "DEFERRED, deferred"})
    void aLeadSaysItsMode(LeadMode mode, String sent) {
        DubBackend backend = DubBackend.builder("k").leadMode(mode).build();

        assertThat(backend.call(Journeys.lead(backend)).body()).endsWith(",\"mode\":\"" + sent + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mia", "mia@localhost", "m ia@example.org", "mia@example.org\n"})
    void anAddressThatWouldFailTheLeadIsLeftOut(String email) {
        assertThat(body(Customer.of("7").withEmail(email)))
                .isEqualTo("{\"clickId\":\"click_1\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"7\","
                        + "\"mode\":\"async\"}");
    }

    @ParameterizedTest
    @CsvSource({"100, true", "101, false"})
    void whatIsTooLongIsLeftOut(int length, boolean sent) {
        Customer customer = Customer.of("7")
                .withName("n".repeat(length))
                .withEmail("m".repeat(length - "@example.org".length()) + "@example.org");

        assertThat(body(customer).contains("customerName")).isEqualTo(sent);
        assertThat(body(customer).contains("customerEmail")).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({"10000, true", "10001, false"})
    void metadataThatIsTooLongIsLeftOut(int length, boolean sent) {
        Map<String, String> metadata = Map.of("k", "x".repeat(length - "{\"k\":\"\"}".length()));

        assertThat(dub.call(Journeys.lead(dub).withMetadata(metadata)).body().contains("metadata"))
                .isEqualTo(sent);
        assertThat(dub.call(Journeys.sale(
                                dub, Journeys.payment(Journeys.euros("1")).withMetadata(metadata)))
                        .body()
                        .contains("metadata"))
                .isEqualTo(sent);
    }

    @Test
    void aCustomerIdThatIsTooLongIsRefusedHere() {
        assertThat(dub.outcomeWithoutCall(lead("x".repeat(100)))).isNull();
        assertThat(dub.outcomeWithoutCall(lead("x".repeat(101))))
                .isNotNull()
                .extracting(Outcome::verdict)
                .isEqualTo(Verdict.REJECTED);
        assertThat(dub.outcomeWithoutCall(
                        Journeys.sale(dub, Payment.of("x".repeat(101), "inv-1", Journeys.euros("1")))))
                .isNotNull();
    }

    private Lead lead(String customerId) {
        return Lead.of(Journeys.clicked(dub), Customer.of(customerId), "Sign Up", Journeys.NOW);
    }

    @Test
    void aSale() {
        Payment payment =
                Journeys.payment(Journeys.euros("29")).withProcessor("Stripe").withMetadata(Map.of("seats", "3"));

        assertThat(dub.call(Journeys.sale(dub, payment)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.dub.co/track/sale"),
                        KEY,
                        "{\"customerExternalId\":\"acct-48213\",\"amount\":2900,\"currency\":\"eur\","
                                + "\"paymentProcessor\":\"stripe\",\"invoiceId\":\"inv-88012\","
                                + "\"leadEventName\":\"Sign Up\",\"metadata\":{\"seats\":\"3\"}}"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, none",
                "'', none",
                "PADDLE, paddle",
                "apple, apple",
                "dub, dub",
                "custom, custom",
                "Adyen, custom"
            })
    void aProcessorIsNamedInAWordThatDubKnows(@Nullable String processor, @Nullable String sent) {
        Payment payment = Journeys.payment(Journeys.euros("1")).withProcessor(processor);
        String body = dub.call(Journeys.sale(dub, payment)).body();

        if (sent == null) {
            assertThat(body).doesNotContain("paymentProcessor");
        } else {
            assertThat(body).contains("\"paymentProcessor\":\"" + sent + "\"");
        }
    }

    @Test
    void clicksAreReportedWhereADomainIsSet() {
        assertThat(dub.reports()).containsExactlyInAnyOrder(Event.Type.CLICK, Event.Type.LEAD, Event.Type.SALE);
        assertThat(DubBackend.of("k").reports()).containsExactlyInAnyOrder(Event.Type.LEAD, Event.Type.SALE);
    }

    @Test
    void aClickIsExchanged() {
        assertThat(dub.outcome(Journeys.click(dub), Replies.reply(200, "{\"clickId\":\"k3Vt\"}"))
                        .attribution())
                .isEqualTo(Journeys.pending(dub).withClickId("k3Vt"));
    }

    @ParameterizedTest
    @EnumSource(value = Event.Type.class, names = "REFUND", mode = EnumSource.Mode.EXCLUDE)
    void nothingIsTriedForLongerThanDubKnowsItAgain(Event.Type type) {
        assertThat(dub.deliveryTimeout(Journeys.event(dub, type)))
                .isBetween(Duration.ofDays(6), Duration.ofDays(7).minusMinutes(1));
        assertThat(dub.outcomeWithoutCall(Journeys.event(dub, type))).isNull();
    }

    /** Half of what the vendor counts as one, at most, is lost where it counts fewer decimals than the currency has. */
    @ParameterizedTest
    @MethodSource("currencies")
    void anAmountOfAnyCurrencyIsTheOneThatDubReads(Currency currency) {
        BigDecimal paid = new BigDecimal("2900");
        String body = dub.call(Journeys.sale(dub, Journeys.payment(new Money(paid, currency))))
                .body();
        long amount = Long.parseLong(body.replaceFirst(".*\"amount\":(\\d+),.*", "$1"));

        boolean whole = Set.of(
                        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV",
                        "XAF", "XOF", "XPF")
                .contains(currency.getCurrencyCode());
        assertThat(BigDecimal.valueOf(amount, whole ? 0 : 2)).isEqualByComparingTo(paid);
    }

    static Stream<Currency> currencies() {
        return Currency.getAvailableCurrencies().stream().filter(currency -> currency.getDefaultFractionDigits() >= 0);
    }

    @ParameterizedTest
    @CsvSource({
        "2900, ISK, 290000",
        "2900, MGA, 2900",
        "2900, KWD, 290000",
        "1.235, KWD, 124",
        "29.50, EUR, 2950",
        "2900, JPY, 2900"
    })
    void amountsAreInDubsUnits(BigDecimal paid, String currency, long amount) {
        assertThat(dub.call(Journeys.sale(dub, Journeys.payment(Money.of(paid, currency))))
                        .body())
                .contains("\"amount\":" + amount + ",");
    }

    @Test
    void aCheckoutNamesTheCustomerAndTheClickAndLeavesTheReferenceToOthers() {
        DubBackend checkout =
                DubBackend.builder("key").sales(SalesReporting.CHECKOUT).build();

        assertThat(checkout.checkoutMetadata(Journeys.clicked(checkout), "7"))
                .isEqualTo(new CheckoutMetadata(Map.of("dubCustomerExternalId", "7", "dubClickId", "click_1"), null));
    }
}
