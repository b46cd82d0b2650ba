package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What anybody may send is read in one pass. Two million pairs without an equals sign take a fraction of a second so, and
 * minutes if each of them is searched to the end of the text.
 */
@Tag("compatibility")
class LinearTimeTests {

    private static final int PAIRS = 2_000_000;
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void aCookieHeaderIs() {
        String header = ";".repeat(PAIRS) + "refp_id=a";

        assertTimeoutPreemptively(LONG, () -> {
            assertThat(CookieHeader.values(List.of(header), "refp_id")).containsExactly("a");
            assertThat(Rules.capture().mayHoldClick(header)).isTrue();
        });
    }

    @Test
    void aQueryIs() {
        String query = "b&".repeat(PAIRS) + "b=a";

        assertTimeoutPreemptively(LONG, () -> assertThat(new ParameterScanner(List.of("b")).scan(query))
                .isNotNull());
    }

    @Test
    void aQueryFullOfQuestionMarksIs() {
        for (String query :
                List.of("?".repeat(PAIRS), "b=?".repeat(PAIRS), "amp;".repeat(PAIRS), "a?b=c".repeat(PAIRS))) {
            assertTimeoutPreemptively(LONG, () -> {
                new ParameterScanner(List.of("b")).scan(query);
            });
        }
    }
}
