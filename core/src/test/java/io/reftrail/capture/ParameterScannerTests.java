package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.ScannedQuery.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterScannerTests {

    private final ParameterScanner scanner = new ParameterScanner(List.of("irw_id", "refp_id"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "irw_id=a                  | a    | ''",
                "irw_id=a&plan=pro         | a    | plan=pro",
                "plan=pro&irw_id=a         | a    | plan=pro",
                "x=1&irw_id=a&y=2          | a    | x=1&y=2",
                "irw%5Fid=a&x=1            | a    | x=1",
                "irw%5fid=a&x=1            | a    | x=1",
                "%69rw_i%64=a              | a    | ''",
                "%69%72%77%5F%69%64=a      | a    | ''",
                "irw_id=a%20b+c            | a%20b+c | ''",
                "irw_id=a=b==              | a=b== | ''",
                "irw_id=%zz                | %zz  | ''",
                "irw_id=                   | ''   | ''",
                "irw_id                    | ''   | ''",
                "x&irw_id&y                | ''   | x&y",
                "&irw_id=a                 | a    | ''",
                "irw_id=a&                 | a    | ''",
                "&&irw_id=a&&              | a    | &&&",
                "irw_id=a&&x=1             | a    | &x=1",
                "x=1&&irw_id=a&y=2         | a    | x=1&&y=2",
                "q=%E2%82%AC+%zz&irw_id=a&r=%c3 | a | q=%E2%82%AC+%zz&r=%c3",
                "x=irw_id&irw_id=a         | a    | x=irw_id",
                "x=1;irw_id=2&irw_id=a     | a    | x=1;irw_id=2",
                "IRW_ID=a&x=1              | a    | x=1",
                "Irw%5fId=a                | a    | ''",
                "x=1&amp;irw_id=a          | a    | x=1",
                "irw_id=a&amp;x=1          | a    | amp;x=1",
                "x=1&amp;amp;irw_id=a&y    | a    | x=1&y",
                "x=1?irw_id=a              | a    | x=1",
                "x=1?irw_id=a&y=2          | a    | x=1&y=2",
                "irw_id=a?x=1              | a    | x=1",
                "irw_id=a?x=1&y=2          | a    | x=1&y=2",
                "z&irw_id=a?x=1?y=2        | a    | z&x=1?y=2",
                "irw_id=a?b                | a?b  | ''",
                "?irw_id=a                 | a    | ''",
            })
    void findsAParameterAndLeavesEveryOtherByte(String query, String value, String remaining) {
        ScannedQuery scan = ScannedQuery.of(scanner, query);

        assertThat(scan).isEqualTo(new ScannedQuery(List.of(new Pair("irw_id", value)), remaining));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&",
                "=",
                "plan=pro",
                "irw_i=a",
                "irw_idx=a",
                "xirw_id=a",
                "irw+id=a",
                "irw_id%3Da",
                "irw_id+=a",
                "irw_id%00=a",
                "irw%255Fid=a",
                "irw%5=a",
                "irw%",
                "irw%5",
                "irw%zzid=a",
                "irw%u005Fid=a",
                "irw_i%6",
                "=irw_id",
                "x=irw_id",
                "next=/p?irw_id=a",
                "next=%2Fp?irw_id=a",
                "u=https://a.example?irw_id=a",
                "q=what?irw_idx=a",
                "amp;x=irw_id",
                "filter%5Birw_id%5D=a",
                "%",
                "%%%",
                "irw%\uff15\uff26id=a",
                "irw%E1%81%9Fid=a"
            })
    void takesNothingElseForTheParameter(String query) {
        assertThat(scanner.scan(query)).isNull();
    }

    @Test
    void collectsRepetitionsAndSeveralParametersInOrder() {
        ScannedQuery scan = ScannedQuery.of(scanner, "irw_id=1&x=y&refp_id=2&irw%5Fid=3&irw_id");

        assertThat(scan)
                .isEqualTo(new ScannedQuery(
                        List.of(
                                new Pair("irw_id", "1"),
                                new Pair("refp_id", "2"),
                                new Pair("irw_id", "3"),
                                new Pair("irw_id", "")),
                        "x=y"));
    }

    @Test
    void withoutNamesFindsNothing() {
        assertThat(new ParameterScanner(List.of()).scan("irw_id=a")).isNull();
    }
}
