package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The status table of contracts/introw.md, section 3.1, and what may stand before Introw. */
class IntrowOutcomeTests {

    private final IntrowBackend backend = new IntrowBackend("ik_secret");

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "201 | {\"status\":\"recorded\",\"conversionId\":\"c\",\"formSubmissionId\":\"f\"} |     | RECORDED  | ",
                "200 | {\"status\":\"recorded\",\"conversionId\":\"c\",\"formSubmissionId\":\"f\"} |     | RECORDED  | ",
                "200 | {\"status\":\"duplicate\"}                              |      | DUPLICATE | ",
                "201 | {\"status\":\"duplicate\"}                              |      | DUPLICATE | ",
                "200 | {\"status\":\"ignored\",\"conversionId\":null,\"formSubmissionId\":null} |  | IGNORED | ",
                "201 | {\"status\":\"ignored\"}                                |      | IGNORED   | ",
                "200 | {\"status\":\"unheard of\"}                             |      | RETRY     | ",
                "200 | {\"status\":\"RECORDED\"}                               |      | RETRY     | ",
                "200 | {\"status\":1}                                          |      | RETRY     | ",
                "200 | {\"status\":null}                                       |      | RETRY     | ",
                "200 | {}                                                      |      | RETRY     | ",
                "200 | []                                                      |      | RETRY     | ",
                "200 | null                                                    |      | RETRY     | ",
                "200 | \"recorded\"                                            |      | RETRY     | ",
                "200 | {\"status\":\"recorded\"} {\"status\":\"recorded\"}     |      | RETRY     | ",
                "201 | cut                                                     |      | RETRY     | ",
                "200 | garbage                                                 |      | RETRY     | ",
                "200 | deep                                                    |      | RETRY     | ",
                "200 | empty                                                   |      | RETRY     | ",
                "201 | empty                                                   |      | RETRY     | ",
                "202 | empty                                                   |      | RETRY     | ",
                "204 | empty                                                   |      | RETRY     | ",
                "200 | HTML                                                    |      | RETRY     | ",
                "201 | HTML                                                    |      | RETRY     | ",
                "301 | empty                                                   |      | RETRY     | ",
                "302 | HTML                                                    |      | RETRY     | ",
                "304 | empty                                                   |      | RETRY     | ",
                "307 | {\"status\":\"recorded\"}                               |      | RETRY     | ",
                "400 | {\"message\":\"bad\"}                                   |      | REJECTED  | ",
                "400 | HTML                                                    |      | RETRY     | ",
                "401 | {\"message\":\"no key\"}                                |      | PAUSE     | PT5M",
                "401 | HTML                                                    |      | PAUSE     | PT5M",
                "401 | empty                                                   | 7    | PAUSE     | PT5M",
                "402 | {\"code\":\"API_CREDITS_EXHAUSTED\"}                    |      | PAUSE     | PT5M",
                "403 | {\"message\":\"no scope\"}                              |      | PAUSE     | PT5M",
                "403 | HTML                                                    |      | PAUSE     | PT5M",
                "404 | HTML                                                    |      | PAUSE     | PT5M",
                "408 | empty                                                   |      | RETRY     | ",
                "422 | {\"message\":\"clickId\"}                               |      | REJECTED  | ",
                "422 | empty                                                   |      | REJECTED  | ",
                "422 | {\"status\":\"recorded\"}                               |      | REJECTED  | ",
                "422 | HTML                                                    |      | RETRY     | ",
                "429 | empty                                                   |      | PAUSE     | PT30S",
                "429 | {\"message\":\"slow\"}                                  | 12   | PAUSE     | PT12S",
                "429 | HTML                                                    | 12   | PAUSE     | PT12S",
                "500 | {\"status\":\"recorded\"}                               |      | RETRY     | ",
                "500 | empty                                                   | 12   | RETRY     | ",
                "502 | HTML                                                    |      | RETRY     | ",
                "503 | HTML                                                    |      | PAUSE     | PT30S",
                "503 | empty                                                   | 60   | PAUSE     | PT1M",
                "504 | garbage                                                 |      | RETRY     | ",
                "599 | empty                                                   |      | RETRY     | ",
                "101 | empty                                                   |      | RETRY     | ",
            })
    void eachReplyHasOneMeaning(
            int status, String body, @Nullable String retryAfter, Verdict verdict, @Nullable Duration pause) {
        Outcome outcome = backend.outcome(
                Leads.lead(backend, "c", Leads.MIA), Replies.reply(status, Replies.body(body), retryAfter));

        assertThat(outcome.verdict()).isEqualTo(verdict);
        assertThat(outcome.pause()).isEqualTo(pause);
        assertThat(outcome.reason()).isNotBlank().doesNotContain("ik_secret");
    }
}
