package io.reftrail.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One customer of each kind; three replies in doubt, and one node killed. */
class TrialResultTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static final Ordeal HARD = new Ordeal(400, 1, true, 3);

    private static final Exchange TRIED = new Exchange(2, 3, 3, 1, 1);

    private static Findings findings(int recorded, int duplicates) {
        List<BackendCall> calls = Collections.nCopies(recorded, new BackendCall("ada", "nora", "recorded", NOW));
        List<BackendCall> repeated = Collections.nCopies(duplicates, new BackendCall("ada", "nora", "duplicate", NOW));
        Ledgers ledgers = new Ledgers(
                "nora",
                Set.of("ada"),
                1,
                Map.of("ada", NOW),
                Set.of("ada"),
                Set.of(),
                Set.of(),
                0,
                0,
                Stream.concat(calls.stream(), repeated.stream()).toList());
        return Findings.of(ledgers, HARD);
    }

    @Test
    void needsBothKindsOfCustomersToBeWell() {
        assertThat(new TrialResult(findings(1, 0), findings(1, 0), TRIED).isGood())
                .isTrue();
        assertThat(new TrialResult(findings(2, 0), findings(1, 0), TRIED).isGood())
                .isFalse();
        assertThat(new TrialResult(findings(1, 0), findings(0, 0), TRIED).isGood())
                .isFalse();
    }

    @Test
    void allowsClicksThatFurtherLandingsExplain() {
        Exchange exchange = new Exchange(2, 200, 200, 1, 1);

        assertThat(exchange.more()).isEqualTo(198);
        assertThat(exchange.repeated()).isZero();
        assertThat(new TrialResult(findings(1, 0), findings(1, 0), exchange).isGood())
                .isTrue();
    }

    @Test
    void boundsRepeatedClicksAndRecognisedLeadsTogether() {
        int most = Ordeal.IN_THE_HANDS_OF_A_NODE + 3;
        Exchange exchange = new Exchange(2, 3, 3 + most - 10, 1, 1);

        assertThat(new TrialResult(findings(1, 0), findings(1, 10), exchange).isGood())
                .isTrue();
        assertThat(new TrialResult(findings(1, 0), findings(1, 11), exchange).isGood())
                .isFalse();
    }

    @Test
    void failsWhereOneWayFromAClickToItsLeadWasNotTried() {
        assertThat(new TrialResult(findings(1, 0), findings(1, 0), new Exchange(2, 3, 3, 0, 1)).isGood())
                .isFalse();
        assertThat(new TrialResult(findings(1, 0), findings(1, 0), new Exchange(2, 3, 3, 1, 0)).isGood())
                .isFalse();
    }
}
