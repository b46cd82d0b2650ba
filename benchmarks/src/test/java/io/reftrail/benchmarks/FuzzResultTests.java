package io.reftrail.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.benchmarks.Fuzz.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzResultTests {

    private static final List<String> LOG = List.of(
            "INFO: Running with entropic power schedule",
            "#11\tINITED cov: 96 ft: 198 corp: 5/98b exec/s: 3 rss: 758Mb",
            "#18732\tDONE   cov: 101 ft: 450 corp: 93/1325b lim: 34 exec/s: 1702 rss: 758Mb",
            "Done 18732 runs in 11 second(s)");

    @Test
    void readsTheLastFigures() {
        Result result = Result.read(0, LOG);

        assertThat(result).isEqualTo(new Result(0, 11, 18_732, 101, 450, 93));
        assertThat(result.isClean()).isTrue();
    }

    @Test
    void aFindingIsNotClean() {
        assertThat(Result.read(77, LOG).isClean()).isFalse();
    }

    @Test
    void aRunWithoutInputsIsNotClean() {
        assertThat(Result.read(0, List.of()).isClean()).isFalse();
        assertThat(Result.read(0, List.of("Done 0 runs in 11 second(s)")).isClean())
                .isFalse();
    }

    @Test
    void aRunThatReachesNoCodeOfOursIsNotClean() {
        assertThat(Result.read(0, List.of("Done 18732 runs in 11 second(s)")).isClean())
                .isFalse();
    }
}
