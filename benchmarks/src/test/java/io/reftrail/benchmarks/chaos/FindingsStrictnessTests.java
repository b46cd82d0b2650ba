package io.reftrail.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run must not pass over in silence. Ada signs up, Eve is to be rolled back. */
class FindingsStrictnessTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static final Map<String, Instant> ADA = Map.of("ada", NOW);

    private static final BackendCall RECORDED = new BackendCall("ada", "nora", "recorded", NOW);

    private static final Ordeal HARD = new Ordeal(400, 1, true, 3);

    private static Findings findings(
            Map<String, Instant> committed, Set<String> outbox, Set<String> waiting, long depth, BackendCall... calls) {
        return Findings.of(ledgers(committed, outbox, waiting, Set.of(), 0, depth, calls), HARD);
    }

    private static boolean isGoodAfter(Ordeal ordeal, BackendCall... calls) {
        Ledgers ledgers = ledgers(ADA, Set.of("ada"), Set.of(), Set.of(), 0, 0, calls);
        return Findings.of(ledgers, ordeal).isGood();
    }

    private static Ledgers ledgers(
            Map<String, Instant> committed,
            Set<String> outbox,
            Set<String> waiting,
            Set<String> turnedDown,
            long dead,
            long depth,
            BackendCall... calls) {
        return new Ledgers(
                "nora", Set.of("ada"), 1, committed, outbox, waiting, turnedDown, dead, depth, List.of(calls));
    }

    @Test
    void seesALeadThatIsCreditedToSomebodyElse() {
        Findings findings = findings(ADA, Set.of("ada"), Set.of(), 0, new BackendCall("ada", "leo", "recorded", NOW));

        assertThat(findings.miscredited()).containsExactly("ada");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void seesALeadThatWasTurnedDownInTheEnd() {
        Findings findings = Findings.of(ledgers(ADA, Set.of("ada"), Set.of(), Set.of("ada"), 0, 0, RECORDED), HARD);

        assertThat(findings.turnedDown()).containsExactly("ada");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void seesAnEventThatWasGivenUp() {
        assertThat(Findings.of(ledgers(ADA, Set.of("ada"), Set.of(), Set.of(), 1, 0, RECORDED), HARD)
                        .isGood())
                .isFalse();
    }

    @Test
    void seesALeadThatIsRecordedAndStillWaits() {
        Findings findings = findings(ADA, Set.of("ada"), Set.of("ada"), 1, RECORDED);

        assertThat(findings.recordedAndWaiting()).containsExactly("ada");
        assertThat(findings.undelivered()).isEmpty();
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void seesARowThatTheOutboxAloneCounts() {
        assertThat(findings(ADA, Set.of("ada"), Set.of(), 0, RECORDED).isGood()).isTrue();
        assertThat(findings(ADA, Set.of("ada"), Set.of(), 1, RECORDED).isGood()).isFalse();
    }

    @Test
    void callsACustomerLostWhoWasAnsweredAndIsMissing() {
        Findings unreported = findings(Map.of(), Set.of(), Set.of(), 0);
        assertThat(unreported.lost()).containsExactly("ada");
        assertThat(unreported.isGood()).isFalse();

        Findings reported = findings(Map.of(), Set.of("ada"), Set.of(), 0, RECORDED);
        assertThat(reported.lost()).containsExactly("ada");
        assertThat(reported.invented()).containsExactly("ada");
    }

    @Test
    void seesARolledBackCustomerInTheTable() {
        Findings findings = findings(Map.of("ada", NOW, "eve", NOW), Set.of("ada"), Set.of(), 0, RECORDED);

        assertThat(findings.wronglyCommitted()).containsExactly("eve");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void callsAnyCallAboutARolledBackCustomerInvented() {
        BackendCall refused = new BackendCall("eve", "nora", "rejected", NOW);
        Findings findings = findings(ADA, Set.of("ada"), Set.of(), 0, RECORDED, refused);

        assertThat(findings.invented()).containsExactly("eve");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void callsASettledRowOfARolledBackCustomerInvented() {
        Findings findings = findings(ADA, Set.of("ada", "eve"), Set.of(), 0, RECORDED);

        assertThat(findings.invented()).containsExactly("eve");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void failsWhereTooLittleWentWrong() {
        assertThat(isGoodAfter(new Ordeal(400, 1, true, 0), RECORDED)).isTrue();
        assertThat(isGoodAfter(new Ordeal(400, 0, true, 0), RECORDED)).isFalse();
        assertThat(isGoodAfter(new Ordeal(400, 1, false, 0), RECORDED)).isFalse();
        assertThat(isGoodAfter(new Ordeal(399, 1, false, 0), RECORDED)).isTrue();
        assertThat(isGoodAfter(new Ordeal(399, 0, false, 0), RECORDED)).isFalse();
    }

    @Test
    void failsWhereMoreIsRepeatedThanRepliesWereInDoubt() {
        BackendCall[] calls = new BackendCall[1 + Ordeal.IN_THE_HANDS_OF_A_NODE + 3];
        Arrays.fill(calls, new BackendCall("ada", "nora", "duplicate", NOW));
        calls[0] = RECORDED;

        assertThat(isGoodAfter(new Ordeal(400, 1, true, 3), calls)).isTrue();
        assertThat(isGoodAfter(new Ordeal(400, 1, true, 2), calls)).isFalse();
    }
}
