package io.reftrail.benchmarks.kill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrialResultTests {

    @Test
    void isGoodWhereNothingIsLostAndNothingWaits() {
        assertThat(new TrialResult(1, 0, 0, 5, 0, 10, 1).isGood()).isTrue();
        assertThat(new TrialResult(1, 1, 0, 5, 0, 10, 1).isGood()).isFalse();
        assertThat(new TrialResult(1, 0, 1, 5, 0, 10, 1).isGood()).isFalse();
        assertThat(new TrialResult(1, 0, 0, 5, 1, 10, 1).isGood()).isFalse();
    }

    @Test
    void isNotGoodWhereNothingWasEnqueued() {
        assertThat(new TrialResult(0, 0, 0, 0, 0, 0, 1).isGood()).isFalse();
    }
}
