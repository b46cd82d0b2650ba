package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Customer;
import io.reftrail.testing.HandRunTransaction;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Leads by first sign-ins: a new customer who was referred by a partner is one lead, and no other customer is. */
class SignInTests extends SignInFixture {

    private static final Customer KIM = Customer.of("kim");

    @Test
    void theFirstSignInAfterTheClickIsALeadAndTheNextIsNone() {
        RecordingExchange landed = click("irw_id=i1");

        assertThat(reftrail().signIn(landed, KIM).statuses()).isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
        assertThat(landed.setCookies()).isNotEmpty().allMatch(line -> line.contains("Max-Age=0"));
        later();
        assertThat(reftrail().signIn(landed.next(), KIM).statuses()).isEmpty();
    }

    @Test
    void whoeverSignedInBeforeTheClickIsAnExistingCustomerAndKeepsTheCookie() {
        signsIn(KIM);
        later();
        RecordingExchange landed = click("irw_id=i1");

        assertThat(reftrail().signIn(landed, KIM).statuses()).isEqualTo(Map.of("introw", LeadStatus.EXISTING_CUSTOMER));
        assertThat(landed.setCookies()).isEmpty();
        assertThat(heard).containsExactly("introw EXISTING_CUSTOMER");
    }

    @Test
    void aFirstSignInInAnotherBrowserAfterTheClickTakesNothingFromThePartner() {
        RecordingExchange landed = click("irw_id=i1");
        later();
        signsIn(KIM);
        later();

        assertThat(reftrail().signIn(landed, KIM).statuses()).isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
    }

    @Test
    void whomOnePartnerHasBroughtIsNotBroughtAgainByOneOfAnotherVendor() {
        reftrail().signIn(click("irw_id=i1"), KIM);
        awaitKnown("kim");
        later();

        assertThat(reftrail().signIn(click("refp_id=r1"), KIM).statuses())
                .isEqualTo(Map.of("refport", LeadStatus.EXISTING_CUSTOMER));
    }

    @Test
    void whatTheApplicationSaysOfTheAgeCountsAndTheLedgerIsNotAsked() {
        signsIn(KIM);
        later();
        RecordingExchange landed = click("irw_id=i1");
        outbox.fails = true;

        assertThat(reftrail()
                        .signIn(landed, KIM.withCreatedAt(clock.instant().minusSeconds(3_601)))
                        .statuses())
                .isEqualTo(Map.of("introw", LeadStatus.EXISTING_CUSTOMER));
    }

    @Test
    void anExplicitSignUpIsALeadWhateverSignInsCameBefore() {
        signsIn(KIM);
        later();

        assertThat(reftrail().lead(click("irw_id=i1"), KIM).statuses())
                .isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
    }

    @Test
    void whoeverTheApplicationSaysHasSignedUpBeforeTheClickIsAnExistingCustomer() {
        reftrail().lead(RecordingExchange.with(), KIM);
        signsIn(Customer.of("another customer in the background"));
        later();

        assertThat(reftrail().signIn(click("irw_id=i1"), KIM).statuses())
                .isEqualTo(Map.of("introw", LeadStatus.EXISTING_CUSTOMER));
    }

    @Test
    void whoeverWasReportedWithAKeptAttributionIsNotBroughtAgain() {
        RecordingExchange landed = click("irw_id=i1");
        reftrail().lead(reftrail().attributions(landed).get(0), KIM);
        signsIn(Customer.of("another customer in the background"));
        later();

        assertThat(reftrail().signIn(click("refp_id=r1"), KIM).statuses())
                .isEqualTo(Map.of("refport", LeadStatus.EXISTING_CUSTOMER));
    }

    @Test
    void aCustomerWhoIsSeededTwiceIsAsOldAsTheOlderOne() {
        Instant old = HandSetClock.START.minus(Duration.ofDays(81));
        reftrail().seed(Stream.of(KIM.withCreatedAt(old), KIM.withCreatedAt(HandSetClock.START)));

        assertThat(outbox.firstSignIn("kim")).isEqualTo(old);
    }

    @Test
    void whileTheLedgerIsAwayTheSignInGoesOnAndTheCookieStays() {
        RecordingExchange landed = click("irw_id=i1");
        outbox.fails = true;

        assertThat(reftrail().signIn(landed, KIM).statuses()).isEqualTo(Map.of("introw", LeadStatus.REFUSED));
        assertThat(landed.setCookies()).isEmpty();
        assertThat(heard).containsExactly("introw REFUSED");

        outbox.fails = false;
        assertThat(reftrail().signIn(landed, KIM).statuses()).isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
    }

    @Test
    void aRefusedLeadLeavesNoTraceByWhichALaterClickCouldBeTooLate() {
        outbox.refuses = true;
        reftrail().signIn(click("irw_id=i1"), KIM);
        outbox.refuses = false;
        signsIn(Customer.of("another customer in the background"));
        later();

        assertThat(reftrail().signIn(click("irw_id=i2"), KIM).statuses())
                .isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
    }

    @Test
    void aSignInThatIsRolledBackIsForgotten() {
        HandRunTransaction transaction = new HandRunTransaction();
        reftrail(builder().unitOfWork(transaction));
        reftrail().signIn(RecordingExchange.with(), KIM);
        transaction.rollback();
        reftrail().signIn(RecordingExchange.with(), Customer.of("mia"));
        transaction.commit();

        awaitKnown("mia");
        assertThat(outbox.firstSignIn("kim")).isNull();
    }

    @Test
    void aSignInThatCouldNotBeWrittenDownIsAtTheNextOne() {
        outbox.fails = true;
        reftrail().signIn(RecordingExchange.with(), KIM);
        Awaitility.await().until(() -> outbox.failed);
        outbox.fails = false;

        Awaitility.await().until(() -> {
            reftrail().signIn(RecordingExchange.with(), KIM);
            return outbox.firstSignIn("kim") != null;
        });
    }

    @Test
    void whoeverSignsInOftenIsWrittenDownOnce() {
        signsIn(KIM);
        reftrail().signIn(RecordingExchange.with(), KIM);
        signsIn(Customer.of("mia"));

        assertThat(outbox.written).containsExactly("kim", "mia");
    }

    @Test
    void aForgottenCustomerIsNewAgain() {
        signsIn(KIM);
        later();

        assertThat(reftrail().forget("kim")).isOne();
        assertThat(reftrail().signIn(click("irw_id=i1"), KIM).statuses())
                .isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
    }

    @Test
    void seededCustomersAreOlderThanAnyClickUnlessTheirAgeIsKnown() {
        clock.advance(Duration.ofDays(-80));
        RecordingExchange landed = click("irw_id=i1");
        clock.advance(Duration.ofDays(80));
        Stream<Customer> existing = Stream.of(
                KIM,
                Customer.of("before").withCreatedAt(HandSetClock.START.minus(Duration.ofDays(81))),
                Customer.of("after").withCreatedAt(HandSetClock.START.minus(Duration.ofDays(79))));

        assertThat(reftrail().seed(existing)).isEqualTo(3);

        assertThat(reftrail().signIn(landed, KIM).statuses()).containsValue(LeadStatus.EXISTING_CUSTOMER);
        assertThat(reftrail()
                        .signIn(RecordingExchange.with(landed.cookieHeaders().get(0)), Customer.of("before"))
                        .statuses())
                .containsValue(LeadStatus.EXISTING_CUSTOMER);
        assertThat(reftrail()
                        .signIn(RecordingExchange.with(landed.cookieHeaders().get(0)), Customer.of("after"))
                        .statuses())
                .containsValue(LeadStatus.ENQUEUED);
    }

    @Test
    void manyCustomersAreSeededInBatches() {
        assertThat(reftrail().seed(Stream.iterate(0, n -> n + 1).limit(1_234).map(n -> Customer.of("c" + n))))
                .isEqualTo(1_234);
        assertThat(outbox.firstSignIn("c0")).isEqualTo(Instant.EPOCH);
        assertThat(outbox.firstSignIn("c1233")).isEqualTo(Instant.EPOCH);
        assertThat(outbox.batches()).isEqualTo(3);
    }

    @Test
    void aCustomerWhoSignedInBeforeTheClickIsAnExistingOneThoughTheAccountIsMinutesOld() {
        Customer kim = Customer.of("kim").withCreatedAt(clock.instant());
        signsIn(kim);
        later();

        assertThat(reftrail().signIn(click("irw_id=i1"), kim).statuses())
                .isEqualTo(Map.of("introw", LeadStatus.EXISTING_CUSTOMER));
    }

    @Test
    void anAccountOpenedMinutesBeforeTheClickIsANewCustomerAtTheFirstSignIn() {
        Customer kim = Customer.of("kim").withCreatedAt(clock.instant());
        later();

        assertThat(reftrail().signIn(click("irw_id=i1"), kim).statuses())
                .isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
    }
}
