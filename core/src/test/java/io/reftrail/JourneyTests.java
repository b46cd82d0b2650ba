package io.reftrail;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.reftrail.capture.TouchCapture;
import io.reftrail.capture.TouchCapture.Arrival;
import io.reftrail.capture.TouchCapture.Found;
import io.reftrail.capture.TouchSettings;
import io.reftrail.journey.Conversion;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.model.Decision.Stage;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Money;
import io.reftrail.outbox.JourneyStore;
import io.reftrail.testing.ForwardingOutbox;
import io.reftrail.testing.HandRunTransaction;
import io.reftrail.testing.RecordingExchange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The touches of a visitor become the journey of a customer, without any vendor. */
class JourneyTests extends SignInFixture {

    private final Customer kim = Customer.of("kim").withEmail("kim@example.org");
    private RecordingExchange browser = RecordingExchange.with();

    @Override
    ReftrailBuilder builder() {
        return Reftrail.builder()
                .outbox(outbox)
                .touches(TouchSettings.DEFAULT)
                .leads(LeadSettings.DEFAULT.withUnknownAge(LeadSettings.UnknownAge.REPORT))
                .clock(clock);
    }

    private void visit(@Nullable String query, String referrer) {
        TouchCapture touches = reftrail().visits().touches();
        assertThat(touches).isNotNull();
        browser = browser.next();
        Found found =
                touches.find(new Arrival("shop.example.com", "/", query, referrer, "cross-site"), List.of(), browser);
        assertThat(found).isNotNull();
        assertThat(found.touch()).isNotNull();
        touches.store(found.touch(), browser);
        clock.advance(Duration.ofDays(1));
    }

    private RecordingExchange request() {
        browser = browser.next();
        return browser;
    }

    private List<String> sources(String customer) {
        Journey journey = reftrail().journey(customer);
        return journey == null
                ? List.of()
                : journey.touches().stream().map(Touch::source).toList();
    }

    private List<String> decisions() {
        return reftrail().operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == Stage.JOURNEY)
                .map(Decision::reason)
                .toList();
    }

    @Test
    void aSignUpStoresTheTouchesAndThePaymentsFollow() {
        visit("utm_source=news", "https://mail.google.com/");
        visit(null, "https://www.google.com/");
        visit(null, "https://chatgpt.com/");

        assertThat(reftrail().lead(request(), kim).isEmpty()).isTrue();
        reftrail().sale("kim", new BigDecimal("29.00"), "EUR", "inv-1");
        reftrail().sale("kim", new BigDecimal("29.00"), "EUR", "inv-1");
        reftrail().sale("kim", BigDecimal.ZERO, "EUR", "inv-0");
        reftrail().refund(new RefundRequest("kim", "inv-1", "re-1", Money.of(BigDecimal.TEN, "EUR"), null));
        reftrail().refund(RefundRequest.full("kim", "inv-1"));
        reftrail().refund(RefundRequest.full("kim", "inv-unknown"));

        assertThat(sources("kim")).containsExactly("news", "Google", "ChatGPT");
        assertThat(requireNonNull(reftrail().journey("kim")).conversions())
                .extracting(Conversion::kind, Conversion::id, Conversion::amount)
                .containsExactly(
                        tuple(Conversion.Kind.SIGN_UP, "sign-up", null),
                        tuple(Conversion.Kind.PAYMENT, "inv-1", new BigDecimal("29.00")),
                        tuple(Conversion.Kind.REFUND, "re-1", new BigDecimal("-10.00")),
                        tuple(Conversion.Kind.REFUND, "inv-1", new BigDecimal("-29.00")));
        assertThat(decisions())
                .containsExactly("not-converted", "converted", "converted", "not-converted", "converted", "stored");
        assertThat(browser.setCookies()).anyMatch(line -> line.startsWith("_reftrail-touches=; Max-Age=0"));
    }

    @Test
    void aFirstSignInStoresThemToo() {
        visit(null, "https://www.google.com/");

        reftrail().signIn(request(), kim);

        assertThat(sources("kim")).containsExactly("Google");
        assertThat(reftrail().touches(request())).isEmpty();
    }

    @Test
    void aCustomerHasOneJourney() {
        visit(null, "https://www.google.com/");
        reftrail().lead(request(), kim);
        visit(null, "https://t.co/");
        reftrail().lead(request(), kim);

        assertThat(sources("kim")).containsExactly("Google");
        assertThat(decisions()).containsExactly("already-stored", "stored");
    }

    @Test
    void touchesAfterTheAccountWasOpenedDidNotBringTheCustomer() {
        visit(null, "https://www.google.com/");
        Customer recent = kim.withCreatedAt(clock.instant());
        clock.advance(Duration.ofDays(1));
        visit(null, "https://t.co/");

        reftrail().signIn(request(), recent);

        assertThat(sources("kim")).containsExactly("Google");
    }

    @Test
    void anExistingCustomerKeepsTheTouchesInTheBrowserAndHasNoJourney() {
        visit(null, "https://www.google.com/");

        reftrail().signIn(request(), kim.withCreatedAt(clock.instant().minus(Duration.ofDays(100))));

        assertThat(sources("kim")).isEmpty();
        assertThat(reftrail().touches(request())).hasSize(1);
        assertThat(decisions()).containsExactly("existing-customer");
    }

    @Test
    void whoSignedInBeforeTheTouchIsAnExistingCustomer() {
        signsIn(kim);
        clock.advance(Duration.ofDays(1));
        visit(null, "https://www.google.com/");

        reftrail().signIn(request(), kim);

        assertThat(sources("kim")).isEmpty();
        assertThat(decisions()).containsExactly("existing-customer");
    }

    @Test
    void aCustomerOfUnknownAgeIsHeld() {
        reftrail(builder().leads(LeadSettings.DEFAULT.withUnknownAge(LeadSettings.UnknownAge.HOLD)));
        visit(null, "https://www.google.com/");

        reftrail().signIn(request(), kim);

        assertThat(sources("kim")).isEmpty();
        assertThat(reftrail().touches(request())).hasSize(1);
        assertThat(decisions()).containsExactly("age-unknown");
    }

    @Test
    void whoCameWithoutATouchHasNoJourneyAndNoConversion() {
        reftrail().lead(RecordingExchange.with(), kim);
        reftrail().sale("kim", BigDecimal.TEN, "EUR", "inv-1");

        assertThat(reftrail().journey("kim")).isNull();
        assertThat(decisions()).containsExactly("not-converted", "no-touch");
    }

    @Test
    void withdrawnConsentLeavesNothingToStore() {
        visit(null, "https://www.google.com/");
        RecordingExchange request = request();
        reftrail().visits().forgetClick(request);

        reftrail().lead(request, kim);

        assertThat(reftrail().journey("kim")).isNull();
    }

    @Test
    void whereTheOutboxJoinsNoTransactionTheJourneyWaitsForTheCommit() {
        HandRunTransaction transaction = new HandRunTransaction();
        reftrail(builder().unitOfWork(transaction));
        visit(null, "https://www.google.com/");

        reftrail().lead(request(), kim);
        transaction.rollback();
        assertThat(reftrail().journey("kim")).isNull();
        assertThat(browser.setCookies()).isEmpty();

        reftrail().lead(request(), kim);
        reftrail().sale("kim", BigDecimal.TEN, "EUR", "inv-1");
        assertThat(reftrail().journey("kim")).isNull();
        transaction.commit();
        assertThat(requireNonNull(reftrail().journey("kim")).conversions()).hasSize(2);
        assertThat(browser.setCookies()).isNotEmpty();
    }

    @Test
    void aForgottenCustomerHasNoJourney() {
        visit(null, "https://www.google.com/");
        reftrail().lead(request(), kim);

        assertThat(reftrail().forget("kim")).isPositive();

        assertThat(reftrail().journey("kim")).isNull();
    }

    @Test
    void aJourneyThatCannotBeStoredBreaksNoSignUpButFailsTheWebhookOfAPayment() {
        String longest = "k".repeat(JourneyStore.LONGEST_ID + 1);
        visit(null, "https://www.google.com/");

        reftrail().lead(request(), Customer.of(longest));
        reftrail().lead(request(), kim);
        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> reftrail().sale("kim", BigDecimal.TEN, "EUR", longest))
                .satisfies(refused -> assertThat(refused.backends()).containsExactly("attribution"));

        assertThat(decisions()).containsExactly("refused", "stored", "refused");
    }

    @Test
    void anOutboxWithoutJourneysStopsTheStart() {
        ForwardingOutbox without = new ForwardingOutbox(outbox) {
            @Override
            public @Nullable JourneyStore journeys() {
                return null;
            }
        };

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> builder().outbox(without).build())
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("attribution.enabled"));
    }

    @Test
    void withoutAttributionThereIsNoJourney() {
        reftrail(Reftrail.builder().outbox(outbox).clock(clock));

        reftrail().lead(RecordingExchange.with("_reftrail-touches=1rrsqps~d"), kim);

        assertThat(reftrail().journey("kim")).isNull();
        assertThat(decisions()).isEmpty();
    }
}
