package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.CapturedQuery.CapturedClick;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Captured parameters by the rules for {@code application/x-www-form-urlencoded} (url.spec.whatwg.org, section 5.1), each as
 * a row: the query, the click id that it carries for the parameter {@code irw_id}, and what remains. The first rows are the
 * cases of web-platform-tests, {@code url/resources/urlencoded-parser-data.json}, with our name for theirs.
 */
class QueryConformanceTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                // Pairs are cut at each ampersand, names and values at the first equals sign.
                "irw_id=b            | b       | ''",
                "irw_id              | EMPTY   | ''",
                "irw_id=             | EMPTY   | ''",
                "=irw_id             | none    | =irw_id",
                "&irw_id=b           | b       | ''",
                "irw_id=b&           | b       | ''",
                "a&irw_id&c          | EMPTY   | a&c",
                "a=b&irw_id=d        | d       | a=b",
                "&&&a=b&&&&irw_id=d& | d       | &&&a=b&&&&",
                "irw_id==a           | =a      | ''",
                "irw_id=a;b=c        | INVALID_CHARACTER | ''",
                "a;irw_id=b          | none    | a;irw_id=b",
                "a=/?irw_id=b        | none    | a=/?irw_id=b",
                // The first that is not empty counts, where the standard keeps all.
                "irw_id=a&irw_id=b   | a       | ''",
                "irw_id=&irw_id=b    | b       | ''",
                // Names are compared after decoding; the standard compares the case of letters too, people do not.
                "%69rw_id=a          | a       | ''",
                "irw%5Fid=a          | a       | ''",
                "irw%5fid=a          | a       | ''",
                "%2569rw_id=a        | none    | %2569rw_id=a",
                "IRW_ID=a            | a       | ''",
                "irw+id=a            | none    | irw+id=a",
                "%EF%BB%BFirw_id=a   | none    | %EF%BB%BFirw_id=a",
                "\ufeffirw_id=a      | none    | \ufeffirw_id=a",
                "irw_id%=a           | none    | irw_id%=a",
                "irw_id%5=a          | none    | irw_id%5=a",
                "irw%5_id=a          | none    | irw%5_id=a",
                "irw_id%00=a         | none    | irw_id%00=a",
                "irw_id%3Da          | none    | irw_id%3Da",
                // Escapes in values.
                "irw_id=%61          | a       | ''",
                "irw_id=%2B          | +       | ''",
                "irw_id=%4d%4D       | MM      | ''",
                "irw_id=a%26b%3Dc    | a&b=c   | ''",
                "irw_id=%2561        | %61     | ''",
                // What the standard reads, and no click id has: spaces, what is not ASCII, octets that are no UTF-8.
                "irw_id=a+b          | INVALID_CHARACTER | ''",
                "irw_id=a%20b        | INVALID_CHARACTER | ''",
                "irw_id=%C3%A9       | INVALID_CHARACTER | ''",
                "irw_id=%FE%FF       | BROKEN_ENCODING | ''",
                "irw_id=%C2x         | BROKEN_ENCODING | ''",
                "irw_id=a%EF%BB%BFa  | INVALID_CHARACTER | ''",
                // The standard keeps a percent sign that begins no escape; a click id with one was damaged on its way.
                "irw_id=%            | BROKEN_ENCODING | ''",
                "irw_id=%2sf%2a      | BROKEN_ENCODING | ''",
                "irw_id=%2%2af%2a    | BROKEN_ENCODING | ''",
                "irw_id=%%2a         | BROKEN_ENCODING | ''",
                "irw_id=%+1          | BROKEN_ENCODING | ''",
                "irw_id=%-1          | BROKEN_ENCODING | ''",
                "irw_id=%\uff14\uff11 | BROKEN_ENCODING | ''",
            })
    void isReadByTheUrlStandard(String query, @Nullable String clickId, String remaining) {
        CapturedQuery captured = Rules.capture().read(query);

        if (clickId == null) {
            assertThat(captured).isNull();
            return;
        }
        assertThat(captured).isNotNull();
        assertThat(captured.remaining()).isEqualTo(remaining);
        if (Arrays.stream(CaptureResult.values())
                .anyMatch(result -> result.name().equals(clickId))) {
            assertThat(captured.clicks()).isEmpty();
            assertThat(captured.rejected())
                    .extracting(CapturedQuery.Rejected::result)
                    .isEqualTo(List.of(CaptureResult.valueOf(clickId)));
        } else {
            assertThat(captured.clicks()).extracting(CapturedClick::clickId).containsExactly(clickId);
        }
    }
}
