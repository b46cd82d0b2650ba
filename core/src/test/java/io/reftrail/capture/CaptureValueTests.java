package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.CapturedQuery.Rejected;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which values can be a click id, and what is said of the others. */
class CaptureValueTests {

    private final ReferralCapture capture = Rules.capture();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "aff_01J9ZK4T7Q2M     | aff_01J9ZK4T7Q2M",
                "a                    | a",
                "a%2Fb                | a/b",
                "%61%62%63            | abc",
                "a=b                  | a=b",
                "eyJ.eyJ.x-y_z~       | eyJ.eyJ.x-y_z~",
                "a%2Bb                | a+b",
                "a%25b                | a%b",
                "!#$%26'()*:/?@[]     | !#$&'()*:/?@[]",
            })
    void takesVisibleAsciiDecodedOnce(String raw, String clickId) {
        assertThat(read("irw_id=" + raw).clicks()).containsExactly(new CapturedClick(Rules.PLAIN, clickId));
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("nothing", "", CaptureResult.EMPTY),
                Arguments.of("one character too many", "a".repeat(257), CaptureResult.TOO_LONG),
                Arguments.of("one encoded character too many", "%61".repeat(257), CaptureResult.TOO_LONG),
                Arguments.of("8 kB", "a".repeat(8192), CaptureResult.TOO_LONG),
                Arguments.of("8 kB of broken encoding", "%".repeat(8192), CaptureResult.TOO_LONG),
                Arguments.of("half an escape", "abc%4", CaptureResult.BROKEN_ENCODING),
                Arguments.of("a lone percent sign", "%", CaptureResult.BROKEN_ENCODING),
                Arguments.of("no hexadecimal digits", "a%zzb", CaptureResult.BROKEN_ENCODING),
                Arguments.of("a negative escape", "a%-1b", CaptureResult.BROKEN_ENCODING),
                Arguments.of("a signed escape", "a%+1b", CaptureResult.BROKEN_ENCODING),
                Arguments.of("no UTF-8", "%C3%28", CaptureResult.BROKEN_ENCODING),
                Arguments.of("UTF-8 outside ASCII", "caf%C3%A9", CaptureResult.INVALID_CHARACTER),
                Arguments.of("unencoded characters outside ASCII", "caf\u00e9", CaptureResult.INVALID_CHARACTER),
                Arguments.of("overlong UTF-8", "%C0%AF", CaptureResult.BROKEN_ENCODING),
                Arguments.of("NUL", "a%00b", CaptureResult.INVALID_CHARACTER),
                Arguments.of("DEL", "a%7Fb", CaptureResult.INVALID_CHARACTER),
                Arguments.of("a tab", "a%09b", CaptureResult.INVALID_CHARACTER),
                Arguments.of("CR and LF", "a%0D%0ASet-Cookie:x=y", CaptureResult.INVALID_CHARACTER),
                Arguments.of("a semicolon", "a%3BDomain=evil.example", CaptureResult.INVALID_CHARACTER),
                Arguments.of("an unencoded semicolon", "a;b", CaptureResult.INVALID_CHARACTER),
                Arguments.of("a quote", "a%22b", CaptureResult.INVALID_CHARACTER),
                Arguments.of("a comma", "a,b", CaptureResult.INVALID_CHARACTER),
                Arguments.of("a space", "a%20b", CaptureResult.INVALID_CHARACTER),
                Arguments.of("a plus, which is a space", "a+b", CaptureResult.INVALID_CHARACTER),
                Arguments.of("a backslash", "a%5Cb", CaptureResult.INVALID_CHARACTER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void rejectsAndSaysWhy(String what, String raw, CaptureResult result) {
        CapturedQuery query = read("plan=pro&irw_id=" + raw);

        assertThat(query.clicks()).isEmpty();
        assertThat(query.rejected()).containsExactly(new Rejected(Rules.PLAIN, result));
        assertThat(query.remaining()).isEqualTo("plan=pro");
    }

    @Test
    void theLongestValueIsTakenEvenIfEachCharacterIsEncoded() {
        assertThat(read("irw_id=" + "%61".repeat(256)).clicks())
                .containsExactly(new CapturedClick(Rules.PLAIN, "a".repeat(256)));
    }

    @ParameterizedTest
    @CsvSource({
        "irw_id=1&irw_id=2,          1, 2",
        "irw_id=&irw_id=2&irw_id=3,  2, 3",
        "irw_id&irw%5Fid=2,          2, 2",
    })
    void theFirstValueThatIsNotEmptyWins(String query, String clickId, int occurrences) {
        assertThat(read(query))
                .isEqualTo(new CapturedQuery(
                        List.of(new CapturedClick(Rules.PLAIN, clickId)),
                        Collections.emptyList(),
                        "",
                        Map.of("irw_id", occurrences)));
    }

    @Test
    void readsTheClicksOfTwoBackendsFromOneQuery() {
        assertThat(read("refp_id=r&x=1&irw_id=i"))
                .isEqualTo(new CapturedQuery(
                        List.of(new CapturedClick(Rules.PLAIN, "i"), new CapturedClick(Rules.ENCODED, "r")),
                        Collections.emptyList(),
                        "x=1",
                        Map.of("irw_id", 1, "refp_id", 1)));
    }

    @Test
    void oneBackendsBrokenValueDoesNotHideTheOthersClick() {
        CapturedQuery query = read("irw_id=%zz&refp_id=r");

        assertThat(query.clicks()).containsExactly(new CapturedClick(Rules.ENCODED, "r"));
        assertThat(query.rejected()).containsExactly(new Rejected(Rules.PLAIN, CaptureResult.BROKEN_ENCODING));
    }

    private CapturedQuery read(String query) {
        CapturedQuery captured = capture.read(query);
        assertThat(captured).isNotNull();
        return captured;
    }
}
