package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reply arrives at 2026-03-01T10:15:30Z, which is 1772360130 in seconds. What says nothing gives 30 s. */
class RetryAfterTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                          | PT30S",
                "''                            | PT30S",
                "1                             | PT1S",
                "120                           | PT2M",
                "' 120 '                       | PT2M",
                "007                           | PT7S",
                "3600                          | PT1H",
                "3601                          | PT1H",
                "999999999                     | PT1H",
                "Sun, 01 Mar 2026 10:16:00 GMT | PT30S",
                "Sun, 01 Mar 2026 10:20:30 GMT | PT5M",
                "Sun, 01 Mar 2026 23:00:00 GMT | PT1H",
                "Fri, 31 Dec 9999 23:59:59 GMT | PT1H",
                "Sunday, 01-Mar-26 10:16:00 GMT | PT30S",
                "Sunday, 01-Mar-26 10:00:00 GMT | PT30S",
                "Sunday, 06-Nov-94 08:49:37 GMT | PT30S",
                "Sun Mar  1 10:16:00 2026      | PT30S",
                "Sun Nov  6 08:49:37 1994      | PT30S",
                "Tue Mar 10 10:16:00 2026      | PT30S",
                "Mon, 01 Mar 2026 10:16:10 GMT | PT30S",
                "120, 60                       | PT30S",
                "+120                          | PT30S",
                "1772360175                    | PT45S",
                "1772360175000                 | PT45S",
                "1772360130500                 | PT1S",
                "1772399999                    | PT1H",
                "1772399999000                 | PT1H",
                "999999999999999999            | PT1H",
                "1000000000000000000           | PT1H",
                "99999999999999999999999999    | PT1H",
                "0                             | PT1S",
                "Sun, 01 Mar 2026 10:00:00 GMT | PT1S",
                "1772360000                    | PT1S",
                "1772360000000                 | PT1S",
                "1000000000                    | PT1S",
                "-5                            | PT30S",
                "1.5                           | PT30S",
                "5s                            | PT30S",
                "soon                          | PT30S",
                "2026-03-01T10:16:00Z          | PT30S",
                "Sun, 99 Mar 2026 10:16:00 GMT | PT30S",
                "\u0661\u0662                  | PT30S",
            })
    void isReadWithSuspicion(@Nullable String header, Duration wait) {
        assertThat(RetryAfter.read(Replies.reply(429, "", header), Duration.ofSeconds(30)))
                .isEqualTo(wait);
    }
}
