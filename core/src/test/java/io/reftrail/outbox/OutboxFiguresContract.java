package io.reftrail.outbox;

import static io.reftrail.model.Decision.Stage.DELIVERY;
import static io.reftrail.model.Decision.Stage.LANDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.groups.Tuple.tuple;

import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.outbox.CustomerEvent.State;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.TestEvents;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an outbox tells operators: counts over time, the processes, and one customer's events. */
public abstract class OutboxFiguresContract extends OutboxLedgerContract {

    private static final Instant MINUTE = HandSetClock.START.truncatedTo(ChronoUnit.MINUTES);
    private static final Instant HOUR = HandSetClock.START.truncatedTo(ChronoUnit.HOURS);
    private static final Instant DAY = HandSetClock.START.truncatedTo(ChronoUnit.DAYS);
    private static final Map<String, String> NAMES = Map.of("introw", "Sign Up");

    @Test
    void countsAreAddedUpByTheMinute() {
        outbox.figures().require();
        outbox.figures().add(List.of(landings("captured", 2), landings("crawler", 1)));
        outbox.figures().add(List.of(landings("captured", 3)));
        advance(Duration.ofMinutes(1));
        outbox.figures().add(List.of(landings("captured", 5)));

        assertThat(outbox.figures().counts(MINUTE, Duration.ofMinutes(1)))
                .containsExactlyInAnyOrder(
                        landings(MINUTE, "captured", 5),
                        landings(MINUTE, "crawler", 1),
                        landings(MINUTE.plusSeconds(60), "captured", 5));
        assertThat(outbox.figures().counts(MINUTE.plusSeconds(60), Duration.ofMinutes(1)))
                .containsExactly(landings(MINUTE.plusSeconds(60), "captured", 5));
    }

    @Test
    void countsAreAddedUpOverPeriodsOfHours() {
        Instant since = HOUR.minus(Duration.ofHours(5));
        outbox.figures().add(List.of(landings("captured", 2)));
        advance(Duration.ofHours(1));
        outbox.figures().add(List.of(landings("captured", 3)));
        advance(Duration.ofHours(30));
        outbox.figures().add(List.of(landings("captured", 4)));

        assertThat(outbox.figures().counts(since, Duration.ofHours(6)))
                .containsExactlyInAnyOrder(
                        landings(since, "captured", 2),
                        landings(since.plus(Duration.ofHours(6)), "captured", 3),
                        landings(since.plus(Duration.ofHours(36)), "captured", 4));
    }

    @Test
    void moneyIsAddedUpByCurrency() {
        outbox.figures().add(List.of(sales("EUR", 1, 1900), sales("JPY", 2, 700)));
        outbox.figures().add(List.of(sales("EUR", 1, 100)));

        assertThat(outbox.figures().counts(MINUTE, Duration.ofMinutes(1)))
                .extracting(Count::event, Count::currency, Count::events, Count::amount)
                .containsExactlyInAnyOrder(
                        tuple(Event.Type.SALE, "EUR", 2L, 2000L), tuple(Event.Type.SALE, "JPY", 2L, 700L));
    }

    @Test
    void minutesAreKeptForADayHoursForAWeekAndDaysForAYear() {
        outbox.figures().add(List.of(landings("captured", 2)));
        advance(Duration.ofDays(2));
        outbox.figures().add(List.of(landings("crawler", 1)));
        assertThat(outbox.figures().counts(MINUTE, Duration.ofMinutes(1)))
                .extracting(Count::reason)
                .containsExactly("crawler");
        assertThat(outbox.figures().counts(HOUR, Duration.ofHours(1))).hasSize(2);

        advance(Duration.ofDays(7));
        outbox.figures().add(List.of(landings("crawler", 1)));
        assertThat(outbox.figures().counts(HOUR, Duration.ofHours(1)))
                .extracting(Count::reason)
                .containsOnly("crawler");
        assertThat(outbox.figures().counts(DAY, Duration.ofDays(1)))
                .extracting(Count::from)
                .containsExactlyInAnyOrder(DAY, DAY.plus(Duration.ofDays(2)), DAY.plus(Duration.ofDays(9)));

        advance(Duration.ofDays(392));
        outbox.figures().add(List.of(landings("crawler", 1)));
        assertThat(outbox.figures().counts(DAY, Duration.ofDays(1)))
                .extracting(Count::from)
                .containsExactlyInAnyOrder(
                        DAY.plus(Duration.ofDays(2)), DAY.plus(Duration.ofDays(9)), DAY.plus(Duration.ofDays(401)));
    }

    @Test
    void aProcessReportsItsLatestState() {
        outbox.senders();
        outbox.figures().report("{\"one\":1}");
        outbox.figures().report("{\"two\":2}");

        assertThat(outbox.figures().reports())
                .containsExactly(Map.entry(outbox.figures().self(), "{\"two\":2}"));
    }

    @Test
    void aRequestIsFollowedForSomeMinutes() {
        outbox.figures().request("resume-introw");
        advance(Duration.ofMinutes(1));
        outbox.figures().request("resume-dub");
        outbox.figures().request("resume-dub");
        assertThat(outbox.figures().requests())
                .containsOnly(
                        Map.entry("resume-introw", HandSetClock.START),
                        Map.entry("resume-dub", HandSetClock.START.plusSeconds(60)));

        advance(Duration.ofMinutes(1).plusMillis(1));
        assertThat(outbox.figures().requests()).containsOnlyKeys("resume-dub");
    }

    @Test
    void timeIsTheOutboxesOwn() {
        advance(Duration.ofSeconds(5));
        assertThat(outbox.figures().now()).isEqualTo(HandSetClock.START.plusSeconds(5));
    }

    @Test
    void nothingIsKnownOfAStranger() {
        enqueue("introw", "somebody");
        assertThat(outbox.history("stranger", NAMES)).isEmpty();
    }

    @Test
    void aLeadIsFollowedFromItsFirstFailureToTheRecord() {
        enqueue("introw", "a");
        outbox.settle(claimOne("introw"), new Settlement.Retry(Duration.ofSeconds(3), "HTTP 503"));
        CustomerEvent waiting = only("a");
        assertThat(waiting.type()).isEqualTo(Event.Type.LEAD);
        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(waiting.attempts()).isOne();
        assertThat(waiting.reason()).isEqualTo("HTTP 503");
        assertThat(waiting.changedAt()).isEqualTo(HandSetClock.START.plusSeconds(3));

        advance(Duration.ofSeconds(4));
        outbox.settle(claimOne("introw"), done());
        CustomerEvent recorded = only("a");
        assertThat(recorded.state()).isEqualTo(State.SETTLED);
        assertThat(recorded.verdict()).isEqualTo(Verdict.RECORDED);
        assertThat(recorded.type()).isEqualTo(Event.Type.LEAD);
        assertThat(recorded.attempts()).isOne();
        assertThat(recorded.reason()).isEqualTo("HTTP 503");
        assertThat(recorded.changedAt()).isEqualTo(HandSetClock.START.plusSeconds(4));
    }

    @Test
    void theReasonOfARefusalReplacesThatOfAFailedAttempt() {
        enqueue("introw", "a");
        outbox.settle(claimOne("introw"), new Settlement.Retry(Duration.ZERO, "HTTP 503"));
        outbox.settle(claimOne("introw"), new Settlement.Done(Outcome.of(Verdict.REJECTED, "expired")));
        assertThat(only("a").reason()).isEqualTo("expired");
    }

    @Test
    void aDeadEventIsShownWithItsReasonAndADiscardedOneToo() {
        enqueue("introw", "a");
        outbox.settle(claimOne("introw"), new Settlement.Dead("too old"));
        assertThat(only("a").state()).isEqualTo(State.DEAD);
        assertThat(only("a").reason()).isEqualTo("too old");

        outbox.discard(outbox.dead(1).get(0).id());
        assertThat(only("a").state()).isEqualTo(State.DISCARDED);
    }

    @Test
    void salesAndRefundsAreToldApartWithoutTheirData() {
        enqueue("introw", "a");
        Attribution click = lead("a").attribution();
        Payment payment = Payment.of("a", "invoice", Money.of(new BigDecimal("19.00"), "EUR"));
        outbox.enqueue(Sale.of(click, payment, "Sign Up", HandSetClock.START.plusSeconds(1)));
        outbox.enqueue(Refund.of(click, "a", "invoice", "refund", null, null, HandSetClock.START.plusSeconds(2)));
        assertThat(outbox.history("a", NAMES))
                .extracting(CustomerEvent::type)
                .containsExactly(Event.Type.LEAD, Event.Type.SALE, Event.Type.REFUND);
        assertThat(outbox.history("a", NAMES).get(1).amount()).isEqualTo(payment.amount());

        for (int event = 0; event < 3; event++) {
            outbox.settle(claimOne("introw"), done());
        }
        assertThat(outbox.history("a", NAMES))
                .extracting(CustomerEvent::type)
                .containsExactly(Event.Type.LEAD, Event.Type.SALE, Event.Type.REFUND);
        assertThat(outbox.history("a", NAMES)).extracting(CustomerEvent::amount).containsOnlyNulls();
    }

    /** Like sales and refunds, they follow a lead or a sale, and their data is removed. */
    @Test
    void trialsAndCancellationsAreToldApartWithoutTheirData() {
        enqueue("introw", "a");
        Attribution click = lead("a").attribution();
        Payment payment = Payment.of("a", "invoice", Money.of(new BigDecimal("19.00"), "EUR"));
        outbox.enqueue(TestEvents.trial(click, "a"));
        outbox.enqueue(Sale.of(click, payment, "Sign Up", HandSetClock.START.plusSeconds(1)));
        outbox.enqueue(TestEvents.end(click, "a").afterSale("invoice"));
        for (int event = 0; event < 4; event++) {
            outbox.settle(claimOne("introw"), done());
        }
        assertThat(outbox.history("a", NAMES))
                .extracting(CustomerEvent::type)
                .containsExactlyInAnyOrder(Event.Type.LEAD, Event.Type.TRIAL, Event.Type.SALE, Event.Type.CANCELLATION);
    }

    @Test
    void aConfirmationIsALead() {
        enqueue("introw", "a");
        outbox.enqueue(((Lead) lead("a")).confirming());
        for (int event = 0; event < 2; event++) {
            outbox.settle(claimOne("introw"), done());
        }
        assertThat(outbox.history("a", NAMES)).extracting(CustomerEvent::type).containsOnly(Event.Type.LEAD);
        assertThat(outbox.history("a", NAMES))
                .extracting(CustomerEvent::confirms)
                .containsOnly(true, false);
    }

    @Test
    void aForgottenCustomerHasNoHistory() {
        enqueue("introw", "a");
        outbox.forget("a");
        assertThatCode(() -> assertThat(outbox.history("a", NAMES)).isEmpty()).doesNotThrowAnyException();
    }

    private CustomerEvent only(String customer) {
        List<CustomerEvent> events = outbox.history(customer, NAMES);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static Count landings(String reason, long events) {
        return landings(Instant.EPOCH, reason, events);
    }

    private static Count landings(Instant from, String reason, long events) {
        return new Count(from, LANDING, null, "introw", reason, null, events, 0);
    }

    private static Count sales(String currency, long events, long amount) {
        return new Count(Instant.EPOCH, DELIVERY, Event.Type.SALE, "introw", "recorded", currency, events, amount);
    }
}
