package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Outcome.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes that no contract lists: they come from a proxy or from a wrong address, so they are no verdict on the event. */
class StatusCodesTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "404, PAUSE, there is no such address",
        "405, PAUSE, it is not the backend's address",
        "407, PAUSE, a proxy wants credentials",
        "410, REJECTED, unknown to us: the backend may mean the event",
        "421, RETRY, the request went to the wrong server",
        "425, RETRY, too early",
        "451, REJECTED, unknown to us: the backend may mean the event",
    })
    void whatIsNotAboutTheEventDoesNotCostTheEvent(int status, Verdict verdict) {
        assertThat(StatusCodes.outcome(Replies.reply(status, "nothing here")).verdict())
                .isEqualTo(verdict);
    }
}
