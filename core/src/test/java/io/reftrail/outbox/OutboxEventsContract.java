package io.reftrail.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Sale;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.TestEvents;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events of every kind, and what those that follow come to know. */
public abstract class OutboxEventsContract extends OutboxFiguresContract {

    private static final Click CLICK = TestEvents.click("affitor", "key-1");
    private static final Event LEAD = TestEvents.lead("affitor", "key-1", "a");
    private static final Attribution EXCHANGED =
            CLICK.attribution().withClickId("cust_12_1760000000000").with("window", "PT1440H");

    @Test
    void eventsOfEveryKindComeBackAsTheyWere() {
        Attribution known = new Attribution("affonso", "clk \"1\" €", null).with("conversion", "com_demo");
        List<Event> events = List.of(
                TestEvents.click("affonso", "key-2"),
                TestEvents.lead("affonso", "key-3", "a"),
                TestEvents.lead("affonso", "key-4", "d").confirming(),
                TestEvents.sale(known, "b", "inv-1"),
                TestEvents.refund(known, "c", "inv-2", "14.50"),
                TestEvents.refund(known, "c", "inv-3", null),
                TestEvents.refund(known, "c", "inv-4", "14.50")
                        .withTotal(Money.of(new BigDecimal("20.00"), "EUR"))
                        .after("settled long ago"),
                TestEvents.trial(known, "b"),
                TestEvents.end(known, "b").afterSale("inv-9"));
        events.forEach(outbox::enqueue);

        assertThat(claim("affonso", 10)).extracting(Claim::event).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void whatABackendSaysOfAClickIsToldToTheLeadThatFollowsIt() {
        outbox.enqueue(CLICK);
        outbox.enqueue(LEAD);

        Claim click = claimOne("affitor");
        assertThat(click.event()).isEqualTo(CLICK);
        assertThat(click.predecessor()).isNull();
        assertThat(claim("affitor", 1)).isEmpty();
        outbox.settle(click, new Settlement.Done(Outcome.recorded(EXCHANGED)));

        Claim lead = claimOne("affitor");
        assertThat(lead.event()).isEqualTo(LEAD);
        assertThat(lead.predecessor())
                .isEqualTo(new LedgerEntry(EXCHANGED, HandSetClock.START, Verdict.RECORDED, "recorded"));
        assertThat(outbox.find(CLICK.deduplicationKey())).isEqualTo(lead.predecessor());
    }

    @Test
    void aSaleFindsWhatTheLeadHasLearnt() {
        outbox.enqueue(LEAD);
        outbox.settle(claimOne("affitor"), new Settlement.Done(Outcome.recorded(EXCHANGED)));

        assertThat(outbox.find("affitor", "Sign Up", "a"))
                .extracting(LedgerEntry::attribution)
                .isEqualTo(EXCHANGED);
        outbox.enqueue(TestEvents.sale(EXCHANGED, "a", "inv-1"));
        assertThat(claimOne("affitor").predecessor())
                .extracting(LedgerEntry::attribution)
                .isEqualTo(EXCHANGED);
    }

    @Test
    void aFollowerLearnsWhyItsClickCountsForNobodyOrWasGivenUp() {
        outbox.enqueue(CLICK);
        outbox.enqueue(LEAD);
        outbox.enqueue(TestEvents.click("affitor", "key-2"));
        outbox.enqueue(TestEvents.lead("affitor", "key-2", "b"));
        for (Claim click : claim("affitor", 10)) {
            outbox.settle(
                    click,
                    click.event().equals(CLICK)
                            ? new Settlement.Done(Outcome.of(Verdict.IGNORED, "inactive link"))
                            : new Settlement.Dead("no reply"));
        }

        assertThat(claim("affitor", 10))
                .extracting(Claim::predecessor)
                .containsExactlyInAnyOrder(
                        new LedgerEntry(CLICK.attribution(), HandSetClock.START, Verdict.IGNORED, "inactive link"),
                        new LedgerEntry(TestEvents.pending("affitor", "key-2"), HandSetClock.START, null, "no reply"));
    }

    @Test
    void manyFollowersLearnOfTheirOwnClicks() {
        for (int i = 0; i < 300; i++) {
            outbox.enqueue(TestEvents.click("affitor", "key-" + i));
        }
        for (Claim click : claim("affitor", 300)) {
            Attribution attribution = click.event().attribution();
            outbox.settle(
                    click,
                    new Settlement.Done(Outcome.recorded(attribution.withClickId("of-" + attribution.clickKey()))));
        }
        for (int i = 0; i < 300; i++) {
            outbox.enqueue(TestEvents.lead("affitor", "key-" + i, "customer-" + i));
        }

        assertThat(claim("affitor", 300)).hasSize(300).allSatisfy(lead -> assertThat(lead.predecessor())
                .extracting(entry -> entry.attribution().clickId())
                .isEqualTo("of-" + lead.event().attribution().clickKey()));
    }

    @Test
    void anInvoiceIsOneSaleWhoeverReportsItAgain() {
        Sale sale = TestEvents.sale(EXCHANGED, "a", "inv-1");
        outbox.enqueue(sale);
        outbox.settle(claimOne("affitor"), done());

        assertThat(outbox.enqueue(TestEvents.sale(EXCHANGED, "a", "inv-1"))).isEqualTo(Enqueued.DUPLICATE);
        assertThat(outbox.enqueue(TestEvents.refund(EXCHANGED, "a", "inv-1", null)))
                .isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void aClickThatAnotherCustomerFollowsTooStays() {
        outbox.enqueue(CLICK);
        outbox.enqueue(LEAD);
        outbox.enqueue(TestEvents.lead("affitor", "key-1", "b"));

        assertThat(outbox.forget("a")).isOne();

        assertThat(outbox.find(CLICK.deduplicationKey())).isNotNull();
        assertThat(outbox.forget("b")).isEqualTo(2);
    }

    @Test
    void aForgottenCustomersClickAndSalesGoToo() {
        outbox.enqueue(CLICK);
        outbox.settle(claimOne("affitor"), new Settlement.Done(Outcome.recorded(EXCHANGED)));
        outbox.enqueue(LEAD);
        outbox.enqueue(TestEvents.sale(EXCHANGED, "a", "inv-1"));
        outbox.settle(claimOne("affitor"), done());

        assertThat(outbox.forget("a")).isEqualTo(3);

        assertThat(outbox.find(CLICK.deduplicationKey())).isNull();
        advance(Duration.ofDays(1));
        assertThat(claim("affitor", 10)).isEmpty();
    }
}
