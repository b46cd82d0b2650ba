package io.reftrail.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.benchmarks.chaos.Findings.Exchange;
import io.reftrail.benchmarks.chaos.Findings.Ordeal;
import io.reftrail.benchmarks.chaos.Findings.Result;
import io.reftrail.benchmarks.chaos.Ledgers.Call;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ada and Kim sign up, and Eve is to be rolled back. Each test lets the ledgers disagree about something. */
class FindingsTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Ordeal HARD = new Ordeal(400, 1, true, 3);
    private static final Call ADA = call("ada", "recorded");
    private static final Call KIM = call("kim", "recorded");

    private Set<String> committed = Set.of("ada", "kim");
    private Set<String> outbox = Set.of();
    private Set<String> waiting = Set.of();
    private Set<String> turnedDown = Set.of();
    private long dead;
    private long depth;

    private static Call call(String customer, String verdict) {
        return new Call(customer, "nora", verdict, NOW);
    }

    private Findings findings(Call... calls) {
        return findings(HARD, calls);
    }

    private Findings findings(Ordeal ordeal, Call... calls) {
        Map<String, Instant> table = new HashMap<>();
        committed.forEach(customer -> table.put(customer, NOW));
        return Findings.of(
                new Ledgers(
                        "nora",
                        Set.of("ada", "kim"),
                        1,
                        table,
                        outbox,
                        waiting,
                        turnedDown,
                        dead,
                        depth,
                        List.of(calls)),
                ordeal);
    }

    @Test
    void isGoodWhereAllAgree() {
        Findings findings = findings(ADA, KIM);

        assertThat(findings.isGood()).isTrue();
        assertThat(findings.lost()).isEmpty();
        assertThat(findings.invented()).isEmpty();
        assertThat(findings.doubled()).isEmpty();
    }

    @Test
    void findsALostLead() {
        Findings findings = findings(ADA);

        assertThat(findings.lost()).containsExactly("kim");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void findsALeadLostThatTheBackendHasOnlyRejected() {
        assertThat(findings(ADA, call("kim", "rejected"), call("kim", "duplicate"), call("kim", "fault"))
                        .lost())
                .containsExactly("kim");
    }

    @Test
    void findsALeadUndeliveredThatIsInTheOutbox() {
        outbox = Set.of("kim");
        waiting = Set.of("kim");
        depth = 1;
        Findings findings = findings(ADA);

        assertThat(findings.lost()).isEmpty();
        assertThat(findings.undelivered()).containsExactly("kim");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void findsALeadThatIsRecordedAndStillWaits() {
        outbox = Set.of("ada", "kim");
        waiting = Set.of("ada");
        depth = 1;
        Findings findings = findings(ADA, KIM);

        assertThat(findings.recordedAndWaiting()).containsExactly("ada");
        assertThat(findings.undelivered()).isEmpty();
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void findsAnEventThatOnlyTheOutboxCounts() {
        depth = 1;

        assertThat(findings(ADA, KIM).isGood()).isFalse();
    }

    @Test
    void findsAnInventedLeadAtTheBackend() {
        Findings findings = findings(ADA, KIM, call("eve", "recorded"));

        assertThat(findings.invented()).containsExactly("eve");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void findsAnInventedLeadThatIsNotSentYet() {
        outbox = Set.of("eve");
        waiting = Set.of("eve");

        assertThat(findings(ADA, KIM).invented()).containsExactly("eve");
    }

    @Test
    void findsACallInventedThatTheBackendHasRejected() {
        Findings findings = findings(ADA, KIM, call("eve", "rejected"));

        assertThat(findings.invented()).containsExactly("eve");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void findsASettledRowInvented() {
        outbox = Set.of("ada", "kim", "eve");
        Findings findings = findings(ADA, KIM);

        assertThat(findings.invented()).containsExactly("eve");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void findsADoubledLead() {
        Findings findings = findings(ADA, KIM, KIM);

        assertThat(findings.doubled()).containsExactly("kim");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void allowsARepetitionThatTheBackendHasRecognised() {
        Findings findings = findings(ADA, KIM, call("kim", "duplicate"));

        assertThat(findings.duplicates()).isEqualTo(1);
        assertThat(findings.doubled()).isEmpty();
        assertThat(findings.isGood()).isTrue();
    }

    @Test
    void findsALeadThatIsCreditedToAnotherPartner() {
        Findings findings = findings(new Call("ada", "leo", "recorded", NOW), KIM);

        assertThat(findings.miscredited()).containsExactly("ada");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void findsALeadThatWasTurnedDown() {
        outbox = Set.of("ada", "kim");
        turnedDown = Set.of("ada");
        Findings findings = findings(ADA, KIM);

        assertThat(findings.turnedDown()).containsExactly("ada");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void findsAnEventThatWasGivenUp() {
        dead = 1;

        assertThat(findings(ADA, KIM).isGood()).isFalse();
    }

    @Test
    void findsACustomerLostWhoIsMissingInTheTable() {
        committed = Set.of("kim");
        Findings unreported = findings(KIM);
        assertThat(unreported.lost()).containsExactly("ada");
        assertThat(unreported.isGood()).isFalse();

        outbox = Set.of("ada", "kim");
        Findings reported = findings(ADA, KIM);
        assertThat(reported.lost()).containsExactly("ada");
        assertThat(reported.invented()).containsExactly("ada");
    }

    @Test
    void findsARolledBackCustomerInTheTable() {
        committed = Set.of("ada", "kim", "eve");
        Findings findings = findings(ADA, KIM);

        assertThat(findings.wronglyCommitted()).containsExactly("eve");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void measuresFromTheSignUpToTheBackend() {
        Findings findings = findings(ADA, new Call("kim", "nora", "recorded", NOW.plusMillis(2_500)));

        assertThat(findings.secondsAt(100)).isEqualTo(2.5);
        assertThat(findings.secondsAt(50)).isZero();
    }

    @Test
    void isNotGoodAfterTooFewFaults() {
        assertThat(findings(new Ordeal(400, 1, true, 0), ADA, KIM).isGood()).isTrue();
        assertThat(findings(new Ordeal(400, 0, true, 0), ADA, KIM).isGood()).isFalse();
        assertThat(findings(new Ordeal(400, 1, false, 0), ADA, KIM).isGood()).isFalse();
        assertThat(findings(new Ordeal(399, 1, false, 0), ADA, KIM).isGood()).isTrue();
        assertThat(findings(new Ordeal(399, 0, false, 0), ADA, KIM).isGood()).isFalse();
    }

    @Test
    void isNotGoodWithMoreRepetitionsThanRepliesInDoubt() {
        Call[] calls = new Call[2 + Ordeal.CLAIMED_BY_A_NODE + 3];
        Arrays.fill(calls, call("ada", "duplicate"));
        calls[0] = ADA;
        calls[1] = KIM;

        assertThat(findings(new Ordeal(400, 1, true, 3), calls).isGood()).isTrue();
        assertThat(findings(new Ordeal(400, 1, true, 2), calls).isGood()).isFalse();
    }

    private Findings vendor(int recorded, int duplicates) {
        return findings(Stream.of(
                        Stream.of(KIM),
                        Collections.nCopies(recorded, ADA).stream(),
                        Collections.nCopies(duplicates, call("ada", "duplicate")).stream())
                .flatMap(calls -> calls)
                .toArray(Call[]::new));
    }

    private static final Exchange TRIED = new Exchange(2, 3, 3, 1, 1);

    @Test
    void theResultIsGoodIfBothVendorsAre() {
        assertThat(new Result(vendor(1, 0), vendor(1, 0), TRIED).isGood()).isTrue();
        assertThat(new Result(vendor(2, 0), vendor(1, 0), TRIED).isGood()).isFalse();
        assertThat(new Result(vendor(1, 0), vendor(0, 0), TRIED).isGood()).isFalse();
    }

    @Test
    void theResultAllowsClicksThatFurtherLandingsExplain() {
        Exchange exchange = new Exchange(2, 200, 200, 1, 1);

        assertThat(exchange.more()).isEqualTo(198);
        assertThat(exchange.repeated()).isZero();
        assertThat(new Result(vendor(1, 0), vendor(1, 0), exchange).isGood()).isTrue();
    }

    @Test
    void theResultBoundsRepeatedClicksAndRecognisedLeadsTogether() {
        int most = Ordeal.CLAIMED_BY_A_NODE + 3;
        Exchange exchange = new Exchange(2, 3, 3 + most - 10, 1, 1);

        assertThat(new Result(vendor(1, 0), vendor(1, 10), exchange).isGood()).isTrue();
        assertThat(new Result(vendor(1, 0), vendor(1, 11), exchange).isGood()).isFalse();
    }

    @Test
    void theResultIsNotGoodIfOneWayFromAClickToItsLeadWasNotTried() {
        assertThat(new Result(vendor(1, 0), vendor(1, 0), new Exchange(2, 3, 3, 0, 1)).isGood())
                .isFalse();
        assertThat(new Result(vendor(1, 0), vendor(1, 0), new Exchange(2, 3, 3, 1, 0)).isGood())
                .isFalse();
    }
}
