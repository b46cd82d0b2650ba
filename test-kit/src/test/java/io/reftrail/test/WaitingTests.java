package io.reftrail.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.reftrail.Reftrail;
import io.reftrail.RefundRequest;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.model.Customer;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.policy.LeadPolicy;
import io.reftrail.test.Inquiry.Amounts;
import io.reftrail.test.Report.State;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Assertions wait for what is on its way, and know of what is held up. */
class WaitingTests {

    private static final Duration BRIEFLY = Duration.ofMillis(20);

    @RegisterExtension
    final ReftrailExtension shop = ReftrailExtension.forBackends("introw", "affitor", "affihub");

    private ReportedEventsAssert it() {
        return assertThat(shop.events());
    }

    private void signUp() {
        Shop.signUp(shop.reftrail(), PartnerClick.of("introw", "aff_1"));
    }

    @Test
    void aLeadThatIsReportedLaterIsWaitedFor() {
        CompletableFuture<Void> later =
                CompletableFuture.runAsync(this::signUp, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));

        it().leads().hasLeadFor("mia");
        assertThat(later).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aLeadThatNoVendorHasHeardOfYetIsALead() {
        shop.events().vendor("introw").goesAway();
        signUp();

        it().leads().hasWaitingLeadFor("mia").from("introw").withClickId("aff_1");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> it().leads().hasNoLeads())
                .withMessageContaining("\"mia\"", "held (HTTP 503)");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> it().leads().hasNoLeadFor("mia"))
                .withMessageContaining("held (HTTP 503)");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> it().within(BRIEFLY).leads().hasLeadFor("mia"))
                .withMessageContaining("held (HTTP 503)");
    }

    @Test
    void aLeadThatAPolicyHoldsWaitsUntilItIsReleased() {
        ReportedEvents events = new ReportedEvents();
        try (Reftrail holding = events.record(Reftrail.builder()
                .backend(TestBackends.named("introw"))
                .leadPolicy(candidate -> LeadPolicy.Verdict.hold("odd-hour")))) {
            Shop.signUp(holding, PartnerClick.of("introw", "aff_1"));
            assertThat(events).leads().hasWaitingLeadFor("mia").from("introw");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(events).leads().hasNoLeadFor("mia"))
                    .withMessageContaining("held by a policy: odd-hour");

            holding.operations().release(holding.operations().withheld(1).get(0).id());
            assertThat(events).leads().hasLeadFor("mia").from("introw");
        }
    }

    @Test
    void aLeadThatAPolicyDeclinesIsGivenUp() {
        ReportedEvents events = new ReportedEvents();
        try (Reftrail declining = events.record(Reftrail.builder()
                .backend(TestBackends.named("introw"))
                .leadPolicy(candidate -> LeadPolicy.Verdict.decline("self-made")))) {
            Shop.signUp(declining, PartnerClick.of("introw", "aff_1"));

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(events).within(BRIEFLY).leads().hasWaitingLeadFor("mia"))
                    .withMessageContaining("declined by a policy: self-made");
        }
    }

    @Test
    void aClickThatIsStillOnItsWayIntoTheOutboxIsAClick() {
        CountDownLatch end = new CountDownLatch(1);
        ReportedEvents events = new ReportedEvents();
        try (Reftrail slow = events.record(Reftrail.builder().backend(TestBackends.named("affihub")), slow(end))) {
            PartnerClick.of("affihub", "nora").in(slow);

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(
                            () -> assertThat(events).within(BRIEFLY).clicks().hasNoClicks())
                    .withMessage("Reftrail is still busy after PT0.02S, so nobody knows what will be reported");
            end.countDown();
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> assertThat(events).clicks().hasNoClicks())
                    .withMessageContaining("click of \"nora\"");
        }
    }

    private static Outbox slow(CountDownLatch end) {
        Outbox memory = new InMemoryOutbox();
        Outbox slow = mock(Outbox.class, delegatesTo(memory));
        doAnswer(offer -> {
                    assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
                    return memory.offer(offer.getArgument(0));
                })
                .when(slow)
                .offer(any());
        return slow;
    }

    @Test
    void whatWaitsIsSentWhenTheVendorComesBack() {
        shop.events().vendor("introw").refusesTheKey();
        signUp();
        it().leads().hasWaitingLeadFor("mia");

        shop.events().vendor("introw").comesBack();

        it().leads().hasLeadFor("mia").answered(Verdict.RECORDED);
        assertThat(it().leads().hasLeadFor("mia").report().attempts()).hasSize(2);
    }

    @Test
    void aVendorThatCannotBeReachedIsTriedAgain() {
        shop.events().vendor("introw").cannotBeReached();
        signUp();
        Report waiting = it().leads().hasWaitingLeadFor("mia").report();
        assertThat(waiting.reason()).isEqualTo("no reply: IOException");
        assertThat(waiting.lastAttempt()).isNotNull();
        assertThat(waiting.lastAttempt().reply()).isNull();

        shop.events().vendor("introw").comesBack();

        it().within(Duration.ofSeconds(20)).leads().hasLeadFor("mia");
    }

    @Test
    void aLeadWaitsForItsClick() {
        shop.events().vendor("affitor").cannotBeReached();
        Shop.signUp(shop.reftrail(), PartnerClick.of("affitor", "nora").notYetExchanged());

        it().leads().hasWaitingLeadFor("mia").from("affitor");
    }

    @Test
    void aVendorMaySayAnything() {
        shop.events().vendor("introw").answers(200, "{\"status\":\"ignored\"}");
        signUp();

        it().leads().hasLeadFor("mia").answered(Verdict.IGNORED);
    }

    @Test
    void aLeadThatItsVendorIsNotToldIsKept() {
        Shop.signUp(shop.reftrail(), PartnerClick.of("affihub", "nora"));

        Report kept = it().leads().hasKeptLeadFor("mia").report();
        assertThat(kept.state()).isEqualTo(State.KEPT);
        assertThat(kept.json()).isNull();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> it().within(BRIEFLY).leads().hasLeadFor("mia"))
                .withMessageContaining("kept (stored only: the backend takes no such event)");
    }

    @Test
    void aRefundOfAPartIsNotOfAll() {
        Shop.signUp(shop.reftrail(), PartnerClick.of("affitor", "nora"));
        shop.reftrail().sale("mia", new BigDecimal("29.00"), "EUR", "invoice-1");
        shop.reftrail().refund(new RefundRequest("mia", "invoice-1", "refund-1", Amounts.of("9.00", "EUR"), null));

        it().refunds().hasRefundFor("mia").of("9", "EUR");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(
                        () -> it().within(BRIEFLY).refunds().hasRefundFor("mia").ofAll())
                .withMessageContaining("Expected a refund for \"mia\" of all, but there is:")
                .withMessageContaining("amount \"9.00 EUR\", invoice \"invoice-1\", refund id \"refund-1\"");
    }

    @Test
    void whyThereIsNoLeadIsSaid() {
        Instant now = Instant.now();
        HeaderExchange exchange = HeaderExchange.of(
                PartnerClick.of("introw", "aff_1").in(shop.reftrail()).header(), true);
        shop.reftrail().signIn(exchange, Customer.of("ada").withCreatedAt(now.minus(Duration.ofDays(900))));

        it().leads().hasNoLeads();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> it().within(BRIEFLY).leads().hasLeadFor("ada"))
                .withMessage("Expected a lead for \"ada\", but there is: nothing"
                        + "\nResults of Reftrail:\n  - lead at introw: EXISTING_CUSTOMER");
    }
}
