package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieHeaderTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "id=a                     | a",
                "x=1; id=a; y=2           | a",
                "x=1;id=a;y=2             | a",
                "  id  =  a  ;x=1         | a",
                "x=1; \tid=a\t; y=2       | a",
                "id=a; id=b               | a b",
                "id=b; id=a; id=b         | b a b",
                "id=; id=b                | b",
                "id=\"a\"                 | a",
                "id=\"\"; id=b            | b",
                "id=\"a; x=1              | \"a",
                "id=\"                    | \"",
                "id=a=b=                  | a=b=",
                "id=a%3Bb                 | a%3Bb",
                "x; ; =; =y; ;;id=a;      | a",
                "x=\"; id=a; y=\"         | a",
                "$Version=1; id=a; $Path=/ | a",
                "xid=1; id2=2; id=a; i=3  | a",
                "_id=1; id=a              | a",
            })
    void findsTheValuesWhateverStandsAround(String header, String values) {
        assertThat(CookieHeader.values(List.of(header), "id")).isEqualTo(Arrays.asList(values.split(" ", -1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "=",
                "id",
                "id;x=1",
                "id=",
                "id=\"\"",
                "ID=a",
                "xid=a",
                "id2=a",
                "x=id=a",
                "x=1, id=a"
            })
    void findsNothingElse(String header) {
        assertThat(CookieHeader.values(List.of(header), "id")).isEmpty();
    }

    @Test
    void readsAllHeaderLinesInOrder() {
        assertThat(CookieHeader.values(List.of("id=a; x=1", "y=2", "id=b"), "id"))
                .containsExactly("a", "b");
    }

    @Test
    void withoutAHeaderThereIsNoCookie() {
        assertThat(CookieHeader.values(List.of(), "id")).isEmpty();
    }
}
