package io.reftrail.backend.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Money;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import io.reftrail.model.SubscriptionChange.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A reply as it came: a line of status, a line of {@code Retry-After}, the body. Each shipped declaration is given it. */
class DeclaredReplyFuzzTests {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final List<TrackingBackend> BACKENDS = BackendDeclaration.shipped().stream()
            .map(name -> BackendDeclaration.shipped(name).sample(Map.of()))
            .toList();

    @FuzzTest
    void anyReplyHasAnOutcomeThatIsSafe(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 3);
        int status = 100
                + Math.floorMod(
                        lines[0].matches("[0-9]{1,3}") ? Integer.parseInt(lines[0]) - 100 : lines[0].hashCode(), 500);
        HttpReply reply =
                new HttpReply(status, lines.length > 1 ? lines[1] : "", lines.length > 2 ? lines[2] : "", NOW);
        for (TrackingBackend backend : BACKENDS) {
            for (Event.Type type : backend.reports()) {
                Event event = event(backend, type);
                Outcome outcome = backend.outcome(event, reply);
                String what = backend.name() + " " + type + " " + status;
                assertThat(outcome).as(what).isEqualTo(backend.outcome(event, reply));
                isSafe(what, status, outcome);
            }
        }
    }

    private static void isSafe(String what, int status, Outcome outcome) {
        assertThat(outcome.reason()).as(what).isNotBlank().hasSizeLessThan(200).matches("[\\x20-\\x7e]+");
        Duration pause = outcome.pause();
        if (pause != null) {
            assertThat(pause).as(what).isBetween(Duration.ofSeconds(1), Duration.ofHours(1));
        }
        if (status >= 500 || status / 100 == 3 || status / 100 == 1) {
            assertThat(outcome.verdict().isFinal()).as(what).isFalse();
        }
        if (outcome.verdict() == Verdict.RECORDED) {
            assertThat(status / 100).as(what).isEqualTo(2);
        }
        Attribution learnt = outcome.attribution();
        if (learnt != null) {
            assertThat(learnt.details().values()).as(what).allMatch(value -> value.matches("[\\x21-\\x7e]{1,512}"));
        }
    }

    private static Event event(TrackingBackend backend, Event.Type type) {
        Attribution attribution = new Attribution(backend.name(), "click-1", NOW);
        return switch (type) {
            case CLICK ->
                new Click(
                        new Attribution(backend.name(), null, NOW, "key-1", Map.of()),
                        "nora",
                        null,
                        null,
                        null,
                        null,
                        Map.of(),
                        NOW);
            case LEAD -> Lead.of(attribution, Customer.of("u-1"), "Sign Up", NOW);
            case SALE ->
                Sale.of(attribution, Payment.of("u-1", "i-1", Money.of(BigDecimal.ONE, "EUR")), "Sign Up", NOW);
            case REFUND -> Refund.of(attribution, "u-1", "i-1", "r-1", null, null, NOW);
            case TRIAL -> SubscriptionChange.of(attribution, Kind.TRIAL_STARTED, "u-1", "s-1", "Sign Up", NOW);
            case CANCELLATION -> SubscriptionChange.of(attribution, Kind.ENDED, "u-1", "s-1", "Sign Up", NOW);
        };
    }
}
