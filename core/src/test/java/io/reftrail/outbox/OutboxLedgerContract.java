package io.reftrail.outbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.journey.Conversion;
import io.reftrail.journey.Correction;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Ad;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.journey.Touch.Utm;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.TestEvents;
import io.reftrail.testing.TestLeads;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered of a customer, and what is not. */
public abstract class OutboxLedgerContract extends OutboxOrderContract {

    @Test
    void aCustomerIsFoundFromTheLeadOn() {
        assertThat(outbox.find("introw", "Sign Up", "a")).isNull();

        enqueue("introw", "a");
        assertThat(outbox.find("introw", "Sign Up", "a"))
                .isEqualTo(new LedgerEntry(lead("a").attribution(), HandSetClock.START, null, null));

        outbox.settle(claimOne("introw"), new Settlement.Done(Outcome.of(Verdict.IGNORED, "because")));
        assertThat(outbox.find("introw", "Sign Up", "a"))
                .isEqualTo(new LedgerEntry(lead("a").attribution(), HandSetClock.START, Verdict.IGNORED, "because"));
        assertThat(outbox.find("refport", "Sign Up", "a")).isNull();
        assertThat(outbox.find("introw", "Trial", "a")).isNull();
        assertThat(outbox.find("introw", "Sign Up", "b")).isNull();
    }

    @Test
    void aForgottenCustomerLeavesNothing() {
        enqueue("introw", "settled", "dead", "claimed", "waits", "other");
        outbox.settle(claimOf("settled"), done());
        outbox.settle(claimOf("dead"), new Settlement.Dead("no reply"));
        Claim claimed = claimOf("claimed");
        enqueue("refport", "waits");

        assertThat(outbox.forget("settled")).isOne();
        assertThat(outbox.forget("dead")).isOne();
        assertThat(outbox.forget("claimed")).isOne();
        assertThat(outbox.forget("waits")).isEqualTo(2);
        assertThat(outbox.forget("nobody")).isZero();

        outbox.settle(claimed, new Settlement.Retry(Duration.ZERO, "HTTP 500"));
        assertThat(outbox.dead(10)).isEmpty();
        assertThat(outbox.depth("refport")).isZero();
        advance(LEASE);
        assertThat(customers(claim("introw", 10))).containsExactly("other");
        assertThat(outbox.find("introw", "Sign Up", "settled")).isNull();
        assertThat(outbox.enqueue(lead("settled"))).isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void aCustomerIsKnownSinceTheEarliestTimeThatWasRemembered() {
        assertThat(outbox.firstSignIn("a")).isNull();

        outbox.recordFirstSignIns(Map.of("a", HandSetClock.START, "b", HandSetClock.START));
        outbox.recordFirstSignIns(
                Map.of("a", HandSetClock.START.plusSeconds(1), "b", HandSetClock.START.minusSeconds(1)));
        outbox.recordFirstSignIns(Map.of());

        assertThat(outbox.firstSignIn("a")).isEqualTo(HandSetClock.START);
        assertThat(outbox.firstSignIn("b")).isEqualTo(HandSetClock.START.minusSeconds(1));
        assertThat(outbox.firstSignIn("c")).isNull();
        assertThat(outbox.enqueue(lead("a"))).isEqualTo(Enqueued.ACCEPTED);
    }

    @Test
    void aForgottenCustomerIsNotKnown() {
        outbox.recordFirstSignIns(Map.of("a", Instant.EPOCH, "b", Instant.EPOCH));
        enqueue("introw", "a");

        assertThat(outbox.forget("a")).isEqualTo(2);

        assertThat(outbox.firstSignIn("a")).isNull();
        assertThat(outbox.firstSignIn("b")).isEqualTo(Instant.EPOCH);
    }

    @Test
    void allThatIsStoredAboutAPersonIsFoundAndNothingOfOthers() {
        assertThat(outbox.stored("kim")).isEmpty();
        outbox.recordFirstSignIns(Map.of("kim", Instant.EPOCH, "lee", Instant.EPOCH));
        enqueue("introw", "kim", "lee");
        enqueue("refport", "kim");
        outbox.settle(claimOf("kim"), done());
        journeys().open("kim", List.of(touch(1, null)), SIGN_UP);
        journeys().open("lee", List.of(touch(2, null)), SIGN_UP);

        Map<String, List<Map<String, @Nullable Object>>> stored = outbox.stored("kim");

        assertThat(stored.get("reftrail_event"))
                .extracting(row -> row.get("backend"))
                .containsExactlyInAnyOrder("introw", "refport");
        assertThat(stored.get("reftrail_customer")).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("known_since", "1970-01-01T00:00:00Z"));
        assertThat(String.valueOf(stored.get("reftrail_touch")))
                .contains("touch")
                .doesNotContain("/pricing/2");
        assertThat(stored.values().stream().mapToInt(List::size).sum()).isLessThanOrEqualTo(outbox.forget("kim"));
        assertThat(outbox.stored("kim")).isEmpty();
        assertThat(outbox.stored("lee")).hasSizeGreaterThan(2);
    }

    /** A click has no customer; it is the person's because a lead follows it. */
    @Test
    void theClickThatALeadFollowsIsThePersonsToo() {
        outbox.enqueue(TestEvents.click("affonso", "key-of-kim"));
        outbox.enqueue(TestEvents.click("affonso", "key-of-somebody"));
        outbox.enqueue(TestEvents.click("affonso", "key-of-another"));
        outbox.enqueue(TestEvents.lead("affonso", "key-of-kim", "kim"));

        assertThat(outbox.stored("kim").get("reftrail_event")).hasSize(2);
        assertThat(outbox.forget("kim")).isEqualTo(2);
    }

    private static final Instant VISITED = Instant.parse("2026-02-01T08:00:00Z");
    private static final Conversion SIGN_UP = Conversion.signUp(HandSetClock.START);

    private static Touch touch(int hour, @Nullable Partner partner) {
        return new Touch(
                VISITED.plus(Duration.ofHours(hour)),
                Origin.AI_ASSISTANT,
                "Frühling 日本",
                "chatgpt.com",
                "/pricing/" + hour,
                new Utm("Frühling 日本", "e-mail", null, "a'b\"", "\\%_;"),
                new Ad("gclid", "Cj0K-" + hour),
                partner);
    }

    private static Conversion payment(String id, String amount, String currency) {
        Money money = Money.of(new BigDecimal(amount), currency);
        return new Conversion(
                Conversion.Kind.PAYMENT, id, HandSetClock.START.plusMillis(1_234), money.amount(), money.currency());
    }

    private JourneyStore journeys() {
        JourneyStore journeys = outbox.journeys();
        assertThat(journeys).isNotNull();
        return journeys;
    }

    @Test
    void aJourneyComesBackAsItWasStored() {
        Touch direct = new Touch(VISITED, Origin.DIRECT, "direct", null, null, Utm.NONE, null, null);
        List<Touch> touches = List.of(direct, touch(1, null), touch(2, new Partner("introw", "nora")));
        assertThat(journeys().find("kim")).isNull();

        assertThat(journeys().open("kim", touches, SIGN_UP)).isTrue();
        assertThat(journeys().add("kim", payment("inv-1", "29.00", "EUR"))).isTrue();
        assertThat(journeys().add("kim", payment("inv-2", "2900", "JPY"))).isTrue();
        assertThat(journeys().add("kim", payment("inv-3", "1.250", "KWD"))).isTrue();

        assertThat(journeys().find("kim"))
                .isEqualTo(new Journey(
                        "kim",
                        touches,
                        List.of(),
                        List.of(
                                SIGN_UP,
                                payment("inv-1", "29.00", "EUR"),
                                payment("inv-2", "2900", "JPY"),
                                payment("inv-3", "1.250", "KWD")),
                        List.of()));
        assertThat(journeys().find("KIM")).isNull();
    }

    @Test
    void aJourneyAndAConversionAreStoredOnce() {
        assertThat(journeys().add("kim", payment("inv-1", "1.00", "EUR"))).isFalse();
        assertThat(journeys().open("kim", List.of(touch(1, null)), SIGN_UP)).isTrue();
        assertThat(journeys().open("kim", List.of(touch(2, null)), SIGN_UP)).isFalse();
        assertThat(journeys().add("kim", payment("inv-1", "1.00", "EUR"))).isTrue();
        assertThat(journeys().add("kim", payment("inv-1", "2.00", "EUR"))).isFalse();

        Journey journey = requireNonNull(journeys().find("kim"));
        assertThat(journey.touches()).containsExactly(touch(1, null));
        assertThat(journey.conversions()).containsExactly(SIGN_UP, payment("inv-1", "1.00", "EUR"));
    }

    @Test
    void aCorrectionReplacesThePartnersTouchesAndIsKept() {
        Partner nora = new Partner("introw", "nora");
        Partner max = new Partner("introw", "max");
        Touch byHand = new Touch(VISITED.plusSeconds(9_999), Origin.BY_HAND, "introw", null, null, Utm.NONE, null, max);
        Correction first = new Correction(HandSetClock.START, max, "Nora asked us to", "lee@example.org");
        Correction second = new Correction(HandSetClock.START.plusSeconds(1), null, "fraud", "lee@example.org");
        journeys().open("kim", List.of(touch(1, null), touch(2, nora)), SIGN_UP);

        journeys().correct("kim", first, byHand);
        Journey once = requireNonNull(journeys().find("kim"));
        journeys().correct("kim", second, null);
        Journey twice = requireNonNull(journeys().find("kim"));

        assertThat(once.touches()).containsExactly(touch(1, null), byHand);
        assertThat(once.replaced()).containsExactly(touch(2, nora));
        assertThat(once.corrections()).containsExactly(first);
        assertThat(twice.touches()).containsExactly(touch(1, null));
        assertThat(twice.replaced()).containsExactly(touch(2, nora), byHand);
        assertThat(twice.corrections()).containsExactly(first, second);
    }

    @Test
    void aCorrectionNeedsNoJourney() {
        Correction none = new Correction(HandSetClock.START, null, "fraud", "lee");

        journeys().correct("kim", none, null);

        assertThat(requireNonNull(journeys().find("kim")).corrections()).containsExactly(none);
        assertThat(journeys().open("kim", List.of(touch(1, null)), SIGN_UP)).isTrue();
        assertThat(requireNonNull(journeys().find("kim")).touches()).hasSize(1);
    }

    @Test
    void aForgottenCustomerHasNoJourney() {
        journeys().open("kim", List.of(touch(1, null)), SIGN_UP);
        journeys().add("kim", payment("inv-1", "1.00", "EUR"));
        journeys().correct("kim", new Correction(HandSetClock.START, null, "fraud", "lee"), null);
        journeys().open("lee", List.of(touch(1, null)), SIGN_UP);

        assertThat(outbox.forget("kim")).isPositive();

        assertThat(journeys().find("kim")).isNull();
        assertThat(journeys().find("lee")).isNotNull();
        assertThat(journeys().open("kim", List.of(touch(2, null)), SIGN_UP)).isTrue();
        assertThat(requireNonNull(journeys().find("kim")).conversions()).containsExactly(SIGN_UP);
    }

    @Test
    void anIdThatIsTooLongIsRefusedRatherThanCut() {
        String longest = "k".repeat(JourneyStore.LONGEST_ID);
        assertThat(journeys().open(longest, List.of(touch(1, null)), SIGN_UP)).isTrue();
        assertThat(journeys().find(longest)).isNotNull();

        assertThatExceptionOfType(OutboxException.class)
                .isThrownBy(() -> journeys().open(longest + "k", List.of(touch(1, null)), SIGN_UP));
        assertThatExceptionOfType(OutboxException.class)
                .isThrownBy(() -> journeys().add(longest, payment(longest + "i", "1.00", "EUR")));
    }

    private Claim claimOf(String customer) {
        Claim found = null;
        for (Claim claim : claim("introw", 10)) {
            if (TestLeads.customer(claim.event()).equals(customer)) {
                found = claim;
            } else {
                outbox.settle(claim, new Settlement.Postponed(Duration.ZERO));
            }
        }
        assertThat(found).isNotNull();
        return found;
    }

    @Test
    void aDiscardedEventIsGoneButNotTakenAgain() {
        enqueue("introw", "a");
        Claim claim = claimOne("introw");
        assertThat(outbox.discard(claim.id())).isFalse();
        outbox.settle(claim, new Settlement.Dead("no reply"));

        assertThat(outbox.discard(claim.id())).isTrue();

        assertThat(outbox.dead(10)).isEmpty();
        assertThat(outbox.discard(claim.id())).isFalse();
        assertThat(outbox.replay(claim.id())).isFalse();
        assertThat(outbox.backlog("introw")).isEqualTo(Backlog.EMPTY);
        assertThat(outbox.enqueue(lead("a"))).isEqualTo(Enqueued.DUPLICATE);
    }

    @Test
    void theBacklogCountsWhatWaitsIsClaimedAndIsDead() {
        assertThat(outbox.backlog("introw")).isEqualTo(Backlog.EMPTY);
        enqueue("introw", "dead");
        outbox.settle(claimOne("introw"), new Settlement.Dead("no reply"));
        enqueue("introw", "a");
        advance(Duration.ofSeconds(3));
        enqueue("introw", "b");
        enqueue("refport", "c");
        claim("introw", 1);

        assertThat(outbox.backlog("introw")).isEqualTo(new Backlog(2, Duration.ofSeconds(3), 1));
    }

    @Test
    void noMoreDeadEventsAreListedThanAskedFor() {
        for (String customer : List.of("a", "b", "c")) {
            enqueue("introw", customer);
            outbox.settle(claimOne("introw"), new Settlement.Dead("no reply to " + customer));
            advance(A_MOMENT);
        }

        assertThat(outbox.dead(2)).extracting(DeadEvent::reason).containsExactly("no reply to a", "no reply to b");
    }

    @Test
    void manyClaimsEndTogetherEachInItsWay() {
        enqueue("introw", "done", "rejected", "dead", "retry", "postponed");
        List<Settled> settled = claim("introw", 10).stream()
                .map(claim -> new Settled(claim, settlement(TestLeads.customer(claim.event()))))
                .toList();

        outbox.settle(settled);

        assertThat(outbox.backlog("introw")).isEqualTo(new Backlog(2, Duration.ZERO, 1));
        advance(Duration.ofSeconds(5));
        assertThat(claim("introw", 10))
                .extracting(claim -> TestLeads.customer(claim.event()) + claim.attempts())
                .containsExactlyInAnyOrder("retry1", "postponed0");
        assertThat(outbox.find("introw", "Sign Up", "rejected"))
                .extracting(LedgerEntry::verdict)
                .isEqualTo(Verdict.REJECTED);
    }

    private static Settlement settlement(String customer) {
        return switch (customer) {
            case "done" -> done();
            case "rejected" -> new Settlement.Done(Outcome.of(Verdict.REJECTED, "because"));
            case "dead" -> new Settlement.Dead("no reply");
            case "retry" -> new Settlement.Retry(Duration.ofSeconds(5), "HTTP 500");
            default -> new Settlement.Postponed(Duration.ofSeconds(2));
        };
    }

    @Test
    void thisProcessIsASender() {
        assertThat(outbox.senders()).isOne();
        assertThat(outbox.senders()).isOne();
    }
}
