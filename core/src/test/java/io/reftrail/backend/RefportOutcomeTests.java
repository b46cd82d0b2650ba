package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The status table of contracts/refport.md, section 3.1, and what may stand before Refport. */
class RefportOutcomeTests {

    private final RefportBackend backend = new RefportBackend("rk_secret");

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | {\"eventName\":\"Sign Up\",\"click\":{\"id\":\"k\"}}   |      | RECORDED | ",
                "200 | {}                                                     |      | RECORDED | ",
                "200 | null                                                   |      | IGNORED  | ",
                "200 | []                                                     |      | RETRY    | ",
                "200 | true                                                   |      | RETRY    | ",
                "200 | \"ok\"                                                 |      | RETRY    | ",
                "200 | null null                                              |      | RETRY    | ",
                "200 | cut                                                    |      | RETRY    | ",
                "200 | garbage                                                |      | RETRY    | ",
                "200 | deep                                                   |      | RETRY    | ",
                "200 | empty                                                  |      | RETRY    | ",
                "200 | HTML                                                   |      | RETRY    | ",
                "202 | {}                                                     |      | RETRY    | ",
                "204 | empty                                                  |      | RETRY    | ",
                "302 | HTML                                                   |      | RETRY    | ",
                "308 | empty                                                  |      | RETRY    | ",
                "400 | {\"error\":{\"code\":\"INVALID_CLICK_ID\"}}            |      | REJECTED | ",
                "400 | {\"error\":{\"code\":\"VALIDATION_ERROR\"}}            |      | REJECTED | ",
                "400 | {\"error\":{\"code\":\"SOMETHING_NEW\"}}               |      | REJECTED | ",
                "400 | {\"error\":\"INVALID_CLICK_ID\"}                       |      | REJECTED | ",
                "400 | []                                                     |      | REJECTED | ",
                "400 | null                                                   |      | REJECTED | ",
                "400 | empty                                                  |      | REJECTED | ",
                "400 | HTML                                                   |      | RETRY    | ",
                "401 | {\"error\":{\"code\":\"UNAUTHORIZED\"}}                |      | PAUSE    | PT5M",
                "401 | HTML                                                   |      | PAUSE    | PT5M",
                "402 | empty                                                  |      | PAUSE    | PT5M",
                "403 | HTML                                                   |      | PAUSE    | PT5M",
                "408 | empty                                                  |      | RETRY    | ",
                "422 | {\"error\":{\"code\":\"VALIDATION_ERROR\"}}            |      | REJECTED | ",
                "429 | {\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\"}}         |      | PAUSE    | PT30S",
                "429 | {\"error\":{\"code\":\"RATE_LIMITED\"}}                | 5    | PAUSE    | PT5S",
                "429 | empty                                                  | 5    | PAUSE    | PT5S",
                "500 | {\"error\":{\"code\":\"INVALID_CLICK_ID\"}}            |      | RETRY    | ",
                "500 | empty                                                  |      | RETRY    | ",
                "502 | HTML                                                   |      | RETRY    | ",
                "503 | HTML                                                   | 90   | PAUSE    | PT1M30S",
                "504 | garbage                                                |      | RETRY    | ",
            })
    void eachReplyHasOneMeaning(
            int status, String body, @Nullable String retryAfter, Verdict verdict, @Nullable Duration pause) {
        Outcome outcome = backend.outcome(
                Leads.lead(backend, "c", Leads.MIA), Replies.reply(status, Replies.body(body), retryAfter));

        assertThat(outcome.verdict()).isEqualTo(verdict);
        assertThat(outcome.pause()).isEqualTo(pause);
        assertThat(outcome.reason()).isNotBlank().doesNotContain("rk_secret");
    }
}
