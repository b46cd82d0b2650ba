package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.capture.CaptureResult;
import io.reftrail.capture.CookieExchange;
import io.reftrail.capture.TouchResult;
import io.reftrail.delivery.DeliveryReason;
import io.reftrail.model.Customer;
import io.reftrail.model.Decision;
import io.reftrail.model.Decision.Stage;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.policy.PolicyReason;
import io.reftrail.testing.HandRunTransaction;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.UnreachableTransport;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Each landing, sign-in, lead, sale and delivery ends in a decision with a reason. */
class DecisionTests extends SignInFixture {

    private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\| `([a-z-]+)` \\| .+ \\|");

    private final Customer kim = Customer.of("kim-4711").withEmail("kim@example.org");

    private List<String> decisions(Stage stage) {
        return reftrail().operations().recentDecisions().stream()
                .filter(decision -> decision.stage() == stage)
                .map(decision -> decision.backend() + " " + decision.reason())
                .toList();
    }

    @Test
    void theWayFromTheLandingToTheDeliveryIsToldByDecisions() {
        RecordingExchange landed = click("irw_id=click-4711");
        reftrail().signIn(landed, kim);
        reftrail().signIn(landed, kim);

        assertThat(decisions(Stage.LANDING)).containsExactly("introw captured");
        assertThat(decisions(Stage.SIGN_IN)).containsExactly("null already-reported", "null examined");
        assertThat(decisions(Stage.LEAD)).containsExactly("introw enqueued");
        Awaitility.await()
                .untilAsserted(() -> assertThat(decisions(Stage.DELIVERY)).contains("introw retry"));
        assertThat(reftrail().operations().recentDecisions().toString())
                .doesNotContain("4711")
                .doesNotContain("example.org");
    }

    @Test
    void whatMakesNoLeadHasAReasonToo() {
        reftrail().signIn(RecordingExchange.with(), kim);
        reftrail().rememberSignIn(kim);
        reftrail().lead(RecordingExchange.with(), kim);

        assertThat(decisions(Stage.SIGN_IN)).containsExactly("null no-request", "null no-click");
        assertThat(decisions(Stage.LEAD)).containsExactly("null no-click");
        clock.advance(Duration.ofDays(1));
        reftrail().signIn(click("refp_id=r"), kim.withCreatedAt(clock.instant().minusSeconds(9_999)));
        assertThat(decisions(Stage.LEAD)).containsExactly("refport existing-customer", "null no-click");
    }

    @Test
    void aSaleWithoutALeadHasAReason() {
        reftrail().sale("nobody", BigDecimal.TEN, "EUR", "inv-1");

        assertThat(decisions(Stage.SALE)).containsExactly("refport no-lead");
    }

    @Test
    void aTriggerThatIgnoresSignInsIsAReason() {
        reftrail(builder().leads(LeadSettings.DEFAULT.withTrigger(LeadTrigger.SIGN_UP)));
        reftrail().signIn(click("irw_id=i"), kim);

        assertThat(decisions(Stage.SIGN_IN)).containsExactly("null trigger-is-sign-up");
    }

    @Test
    void aRequestThatCannotBeReadIsAReason() {
        CookieExchange unreadable = mock();
        when(unreadable.isReported(any())).thenThrow(IllegalStateException.class);
        assertThat(reftrail().signIn(unreadable, kim).isEmpty()).isTrue();

        assertThat(decisions(Stage.SIGN_IN)).containsExactly("null failed");
    }

    @Test
    void cookiesThatCannotBeReadAreAReason() {
        CookieExchange unreadable = mock();
        when(unreadable.cookieHeaders()).thenThrow(IllegalStateException.class);
        reftrail().signIn(unreadable, kim);

        assertThat(decisions(Stage.SIGN_IN)).containsExactly("null failed");
    }

    @Test
    void aFloodOfLandingsDoesNotDisplaceTheDecisionsAboutLeads() {
        reftrail().signIn(click("irw_id=i"), kim);
        for (int landing = 0; landing < 3 * DecisionLog.CAPACITY; landing++) {
            reftrail().visits().decided(CaptureResult.CRAWLER, "introw", "/landing");
        }
        assertThat(decisions(Stage.LANDING)).hasSize(DecisionLog.CAPACITY).containsOnly("introw crawler");
        assertThat(decisions(Stage.LEAD)).hasSize(1);
        Decision last = reftrail().operations().recentDecisions().get(0);
        assertThat(last.route()).isEqualTo("/landing");
        assertThat(last.time()).isEqualTo(clock.instant());
    }

    @Test
    void aDeliveryNamesWhatItDelivers() {
        reftrail().signIn(click("irw_id=i"), kim);
        Awaitility.await()
                .untilAsserted(() -> assertThat(reftrail().operations().recentDecisions())
                        .anyMatch(decision -> decision.stage() == Stage.DELIVERY && "lead".equals(decision.route())));
    }

    @Test
    void aDecisionWithoutARequestOfItsOwnHasTheRouteOfTheThread() {
        reftrail(builder().currentRoute(() -> "/webhooks/{provider}"));
        reftrail().sale("nobody", BigDecimal.TEN, "EUR", "inv-1");
        reftrail().lead(RecordingExchange.with(), kim);

        assertThat(routes()).containsExactly("/webhooks/{provider}", "/webhooks/{provider}");
    }

    @Test
    void aRouteThatCannotBeFoundKeepsNothingFromBeingRecorded() {
        reftrail(builder().currentRoute(() -> {
            throw new IllegalStateException("the request has ended");
        }));
        reftrail().sale("nobody", BigDecimal.TEN, "EUR", "inv-1");

        assertThat(decisions(Stage.SALE)).containsExactly("refport no-lead");
        assertThat(routes()).containsExactly((String) null);
    }

    @Test
    void aCustomerWhoReturnsIsToldFromOneOutsideOfARequest() {
        reftrail().visits().returned(kim);

        assertThat(decisions(Stage.SIGN_IN)).containsExactly("null returned");
        awaitKnown(kim.id());
    }

    @Test
    void aClickThatCannotBeStoredIsCounted() {
        Outbox away = mock();
        when(away.offer(any())).thenThrow(new OutboxException("away"));
        reftrail(Reftrail.builder()
                .backend(AffitorBackend.of("key"))
                .outbox(away)
                .transport(new UnreachableTransport())
                .clock(clock));
        click("aff=nora");

        Awaitility.await()
                .untilAsserted(() -> assertThat(decisions(Stage.DELIVERY)).containsExactly("affitor not-stored"));
        assertThat(decisions(Stage.LANDING)).containsExactly("affitor captured");
        assertThat(routes()).contains("click");
    }

    @Test
    void whatIsRefusedAfterTheCommitIsCountedToo() {
        HandRunTransaction transaction = new HandRunTransaction();
        reftrail(Reftrail.builder()
                .backend(DubBackend.builder("key")
                        .leadMode(DubBackend.LeadMode.DEFERRED)
                        .build())
                .backend(RefportBackend.of("key"))
                .outbox(outbox)
                .transport(new UnreachableTransport())
                .unitOfWork(transaction)
                .clock(clock));
        reftrail().lead(RecordingExchange.with("refp_id=r; dub_id=d"), kim);
        transaction.commit();
        reftrail().lead(RecordingExchange.with("refp_id=r"), Customer.of("pat"));
        reftrail().sale(kim.id(), BigDecimal.TEN, "EUR", "inv-1");
        reftrail().confirm(kim);
        outbox.refuses = true;
        transaction.commit();

        assertThat(decisions(Stage.LEAD))
                .startsWith("dub refused", "refport refused", "dub after-commit", "refport after-commit");
        assertThat(decisions(Stage.SALE))
                .containsExactly("refport refused", "dub refused", "refport after-commit", "dub after-commit");
    }

    private List<String> routes() {
        return reftrail().operations().recentDecisions().stream()
                .map(Decision::route)
                .toList();
    }

    @Test
    void aListenerIsNotifiedOfEachDecision() {
        List<Decision> notified = new ArrayList<>();
        reftrail(builder().decisionListener(notified::add));
        reftrail().visits().decided(SignInReason.NO_CUSTOMER, null, "/login");

        assertThat(notified)
                .containsExactly(new Decision(clock.instant(), Stage.SIGN_IN, null, "no-customer", "/login"));
    }

    @Test
    void thePageOnOperationsListsEachReasonOnce() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("..", "docs", "operations.md")).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        Stream<Decision.Reason[]> reasons = Stream.of(
                CaptureResult.values(),
                TouchResult.values(),
                SignInReason.values(),
                CodeStatus.values(),
                LeadStatus.values(),
                PolicyReason.values(),
                PaymentReason.values(),
                JourneyReason.values(),
                SaleStatus.values(),
                DeliveryReason.values(),
                RewardReason.values());

        assertThat(documented)
                .containsExactlyElementsOf(reasons.flatMap(Stream::of)
                        .map(reason -> reason.stage() + " " + reason.text())
                        .toList());
    }
}
