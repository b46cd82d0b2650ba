package io.reftrail.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingsTests {

    private static final Instant SIGNED_UP = Instant.parse("2026-11-21T10:00:00Z");

    private static final Set<String> EXPECTED = Set.of("ada", "kim");

    private static final Ordeal HARD = new Ordeal(400, 1, true, 0);

    private static final Map<String, Instant> TWO = Map.of("ada", SIGNED_UP, "kim", SIGNED_UP);

    @Test
    void findsNothingWhereAllAgree() {
        Findings findings = findings(TWO, Set.of(), call("ada", "recorded"), call("kim", "recorded"));

        assertThat(findings.isGood()).isTrue();
        assertThat(findings.lost()).isEmpty();
        assertThat(findings.invented()).isEmpty();
        assertThat(findings.doubled()).isEmpty();
    }

    @Test
    void seesALostLead() {
        Findings findings = findings(TWO, Set.of(), call("ada", "recorded"));

        assertThat(findings.lost()).containsExactly("kim");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void seesALeadLostThatTheBackendHasOnlyRefused() {
        Findings findings = findings(
                TWO,
                Set.of(),
                call("ada", "recorded"),
                call("kim", "rejected"),
                call("kim", "duplicate"),
                call("kim", "fault"));

        assertThat(findings.lost()).containsExactly("kim");
    }

    @Test
    void doesNotCallALeadLostThatStandsInTheOutbox() {
        Findings findings = findings(TWO, Set.of("kim"), call("ada", "recorded"));

        assertThat(findings.lost()).isEmpty();
        assertThat(findings.undelivered()).containsExactly("kim");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void seesAnInventedLeadAtTheBackend() {
        Findings findings =
                findings(TWO, Set.of(), call("ada", "recorded"), call("kim", "recorded"), call("eve", "recorded"));

        assertThat(findings.invented()).containsExactly("eve");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void seesAnInventedLeadThatIsNotSentYet() {
        Findings findings = findings(TWO, Set.of("eve"), call("ada", "recorded"), call("kim", "recorded"));

        assertThat(findings.invented()).containsExactly("eve");
    }

    @Test
    void seesADoubledLead() {
        Findings findings =
                findings(TWO, Set.of(), call("ada", "recorded"), call("kim", "recorded"), call("kim", "recorded"));

        assertThat(findings.doubled()).containsExactly("kim");
        assertThat(findings.isGood()).isFalse();
    }

    @Test
    void countsARepetitionThatTheBackendHasRecognised() {
        Findings findings =
                findings(TWO, Set.of(), call("ada", "recorded"), call("kim", "recorded"), call("kim", "duplicate"));

        assertThat(findings.duplicates()).isEqualTo(1);
        assertThat(findings.doubled()).isEmpty();
        assertThat(findings.isGood()).isTrue();
    }

    @Test
    void measuresFromTheSignUpToTheBackend() {
        BackendCall late = new BackendCall("kim", "nora", "recorded", SIGNED_UP.plusMillis(2_500));
        Findings findings = findings(TWO, Set.of(), call("ada", "recorded"), late);

        assertThat(findings.secondsAt(100)).isEqualTo(2.5);
        assertThat(findings.secondsAt(50)).isZero();
    }

    private static BackendCall call(String customer, String verdict) {
        return new BackendCall(customer, "nora", verdict, SIGNED_UP);
    }

    private static Findings findings(Map<String, Instant> committed, Set<String> waiting, BackendCall... calls) {
        return Findings.of(
                new Ledgers(
                        "nora", EXPECTED, 1, committed, waiting, waiting, Set.of(), 0, waiting.size(), List.of(calls)),
                HARD);
    }
}
