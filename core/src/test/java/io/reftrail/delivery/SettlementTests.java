package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Settlement;
import io.reftrail.testing.TestLeads;
import io.reftrail.testing.UnreachableTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a claim ends, by the answer and the event's age. Refport may be tried for 6 days and 23 hours. */
class SettlementTests {

    private final RefportBackend backend = RefportBackend.of("rk_secret");
    private final Delivery delivery = new Delivery(new UnreachableTransport(), Backoff.standard(() -> 0.5), List.of());

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"RECORDED", "DUPLICATE", "IGNORED", "REJECTED"})
    void aFinalAnswerIsTheEnd(Verdict verdict) {
        Outcome outcome = Outcome.of(verdict, "because");

        assertThat(settlement(4, "P100D", outcome)).isEqualTo(new Settlement.Done(outcome));
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S,        PT0.5S",
        "3, PT1H,        PT4S",
        "9, P6DT22H,     PT4M16S",
        "0, P6DT22H59M,  PT0.5S",
    })
    void aFailureIsTriedAgainWhileThereIsTime(int attempts, String age, Duration delay) {
        assertThat(settlement(attempts, age, Outcome.of(Verdict.RETRY, "HTTP 500")))
                .isEqualTo(new Settlement.Retry(delay, "HTTP 500"));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT30S", "P6D, PT1H", "P6DT22H, PT1H"})
    void aPauseSpendsNoAttempt(String age, Duration pause) {
        assertThat(settlement(3, age, Outcome.pause(pause, "HTTP 429")))
                .isEqualTo(new Settlement.Postponed(Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({"P6DT22H59M59.6S, RETRY", "P6DT23H, RETRY", "P30D, RETRY", "P6DT22H59M59S, PAUSE", "P30D, PAUSE"})
    void whatWouldComeTooLateIsGivenUpWithItsReason(String age, Verdict verdict) {
        Outcome outcome = verdict == Verdict.PAUSE
                ? Outcome.pause(Duration.ofSeconds(30), "HTTP 401")
                : Outcome.of(verdict, "HTTP 401");

        assertThat(settlement(0, age, outcome)).isEqualTo(new Settlement.Dead("HTTP 401"));
    }

    @Test
    void noReplyIsAFailureOfTheAttempt() {
        Lead lead = TestLeads.lead("refport", "a");
        Outcome outcome = delivery.send(backend, lead, backend.call(lead));

        assertThat(outcome).isEqualTo(Outcome.of(Verdict.RETRY, "no reply: IOException"));
    }

    private Settlement settlement(int attempts, String age, Outcome outcome) {
        Claim claim = new Claim("1", "1", TestLeads.lead("refport", "a"), attempts, Duration.parse(age));
        return delivery.settlement(backend, claim, claim.event(), outcome);
    }
}
