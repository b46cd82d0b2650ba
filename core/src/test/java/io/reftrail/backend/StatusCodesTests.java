package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Outcome.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes that no contract lists: they come from a proxy or from a wrong address, so they are no verdict on the event. */
class StatusCodesTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "400, RETRY, a proxy does not like the request",
        "413, RETRY, a proxy's limit",
        "426, RETRY, a proxy's protocol",
        "431, RETRY, a proxy's limit",
        "499, RETRY, a proxy has lost us",
        "404, PAUSE, there is no such address",
        "405, PAUSE, it is not the backend's address",
        "407, PAUSE, a proxy wants credentials",
        "410, RETRY, no backend says so in plain text",
        "421, RETRY, the request went to the wrong server",
        "425, RETRY, too early",
        "451, RETRY, a proxy's filter",
    })
    void whatIsNotAboutTheEventDoesNotCostTheEvent(int status, Verdict verdict) {
        assertThat(StatusCodes.outcome(Replies.reply(status, "nothing here")).verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            quoteCharacter = '"',
            value = {
                "{}                         | REJECTED",
                "{'error':'no such click'}  | REJECTED",
                "none                       | RETRY",
                "Bad Request                | RETRY",
                "'Bad Request'              | RETRY",
                "[]                         | RETRY",
                "null                       | RETRY",
                "{'error':                  | RETRY",
                "<html>                     | RETRY",
            })
    void onlyAnObjectOfJsonIsTheBackendsOwnRefusal(@Nullable String body, Verdict verdict) {
        String arrived = body == null ? "" : body.replace('\'', '"');

        assertThat(StatusCodes.outcome(Replies.reply(400, arrived)).verdict()).isEqualTo(verdict);
    }
}
