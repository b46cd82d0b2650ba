package io.reftrail.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.benchmarks.Kill.Result;
import org.junit.jupiter.api.Test;

class KillResultTests {

    @Test
    void isGoodWhereNothingIsLostAndNothingWaits() {
        assertThat(new Result(1, 0, 0, 5, 0, 10, 1).isGood()).isTrue();
        assertThat(new Result(1, 1, 0, 5, 0, 10, 1).isGood()).isFalse();
        assertThat(new Result(1, 0, 1, 5, 0, 10, 1).isGood()).isFalse();
        assertThat(new Result(1, 0, 0, 5, 1, 10, 1).isGood()).isFalse();
    }

    @Test
    void isNotGoodWhereNothingWasEnqueued() {
        assertThat(new Result(0, 0, 0, 0, 0, 0, 1).isGood()).isFalse();
    }
}
