package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is left of a query, as {@code application/x-www-form-urlencoded} (url.spec.whatwg.org, section 5.1). The rows are the
 * cases of web-platform-tests, {@code url/resources/urlencoded-parser-data.json}; below them are some of ours.
 */
class QueryParametersTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "test                         | test:",
                "\ufefftest=\ufeff            | \ufefftest:\ufeff",
                "%EF%BB%BFtest=%EF%BB%BF      | \ufefftest:\ufeff",
                "%EF%BF%BF=%EF%BF%BF          | \uffff:\uffff",
                "%FE%FF                       | \ufffd\ufffd:",
                "%FF%FE                       | \ufffd\ufffd:",
                "†&†=x                        | †:,x",
                "%C2                          | \ufffd:",
                "%C2x                         | \ufffdx:",
                "_charset_=windows-1252&test=%C2x | _charset_:windows-1252 test:\ufffdx",
                "''                           | ''",
                "a                            | a:",
                "a=b                          | a:b",
                "a=                           | a:",
                "=b                           | :b",
                "&                            | ''",
                "&a                           | a:",
                "a&                           | a:",
                "a&a                          | a:,",
                "a&b&c                        | a: b: c:",
                "a=b&c=d                      | a:b c:d",
                "a=b&c=d&                     | a:b c:d",
                "&&&a=b&&&&c=d&               | a:b c:d",
                "a=a&a=b&a=c                  | a:a,b,c",
                "a==a                         | a:=a",
                "a=a+b+c+d                    | a:a_b_c_d",
                "%=a                          | %:a",
                "%a=a                         | %a:a",
                "%a_=a                        | %a_:a",
                "%61=a                        | a:a",
                "%61+%4d%4D=                  | a_MM:",
                "id=0&value=%                 | id:0 value:%",
                "b=%2sf%2a                    | b:%2sf*",
                "b=%2%2af%2a                  | b:%2*f*",
                "b=%%2a                       | b:%*",
                // Signs and digits outside ASCII are no hexadecimal digits.
                "a=%-1%+1                     | a:%-1%_1",
                "a=%\uff14\uff11%41           | a:%\uff14\uff11A",
                "a=1;b=2                      | a:1;b=2",
                "a=%2526                      | a:%26",
            })
    void areThoseOfTheUrlStandard(String query, String parameters) {
        String actual = QueryParameters.of(query).entrySet().stream()
                .map(QueryParametersTests::shown)
                .collect(Collectors.joining(" "));

        assertThat(actual).isEqualTo(parameters);
    }

    /** A space is shown as a low line, because the table trims. */
    private static String shown(Map.Entry<String, String[]> parameter) {
        String values = Arrays.stream(parameter.getValue()).collect(Collectors.joining(","));
        return (parameter.getKey() + ":" + values).replace(' ', '_');
    }
}
