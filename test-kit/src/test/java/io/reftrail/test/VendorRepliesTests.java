package io.reftrail.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.backend.BackendProvider;
import io.reftrail.backend.BackendSettings;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Customer;
import io.reftrail.model.Event;
import io.reftrail.model.Lead;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.Payment;
import io.reftrail.model.Refund;
import io.reftrail.model.Sale;
import io.reftrail.model.SubscriptionChange;
import io.reftrail.model.SubscriptionChange.Kind;
import io.reftrail.test.Inquiry.Amounts;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kit says in a vendor's name means to that vendor's backend what the kit says it means. */
class VendorRepliesTests {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static Event event(String backend, Event.Type type) {
        Attribution click = new Attribution(backend, "click-1", NOW);
        return switch (type) {
            case CLICK ->
                new Click(
                        new Attribution(backend, null, NOW, "key-1", Map.of()),
                        "no\"ra",
                        "/",
                        null,
                        null,
                        null,
                        Map.of(),
                        NOW);
            case LEAD -> Lead.of(click, Customer.of("mia"), "Sign Up", NOW);
            case SALE -> Sale.of(click, Payment.of("mia", "invoice-1", Amounts.of("29.00", "EUR")), "Sign Up", NOW);
            case REFUND -> Refund.of(click, "mia", "invoice-1", "refund-1", null, null, NOW);
            case TRIAL -> SubscriptionChange.of(click, Kind.TRIAL_STARTED, "mia", "sub-1", "Sign Up", NOW);
            case CANCELLATION -> SubscriptionChange.of(click, Kind.ENDED, "mia", "sub-1", "Sign Up", NOW);
        };
    }

    private static Stream<String> vendors() {
        return BackendProvider.all().stream().map(BackendSettings::backend);
    }

    static Stream<Arguments> answers() {
        return vendors().flatMap(backend -> Stream.of(Event.Type.values()).flatMap(type -> Stream.of(Verdict.values())
                .filter(verdict -> VendorReplies.of(backend, event(backend, type), verdict) != null)
                .map(verdict -> Arguments.of(backend, type, verdict))));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theBackendUnderstandsWhatItsVendorSays(String backend, Event.Type type, Verdict verdict) {
        Event event = event(backend, type);
        VendorReplies.Reply reply = VendorReplies.of(backend, event, verdict);
        assertThat(reply).isNotNull();

        Outcome outcome = TestBackends.named(backend).outcome(event, reply.now());

        assertThat(outcome.verdict()).isEqualTo(verdict);
        if (type == Event.Type.CLICK && verdict == Verdict.RECORDED && !backend.equals("affihub")) {
            assertThat(outcome.attribution()).isNotNull();
            assertThat(outcome.attribution().clickId()).isEqualTo("clk_no\"ra");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void everythingThatABackendReportsIsRecordedByItself(TrackingBackend backend) {
        for (Event.Type type : backend.reports()) {
            assertThat(VendorReplies.of(backend.name(), event(backend.name(), type), Verdict.RECORDED))
                    .as("%s of %s", type, backend.name())
                    .isNotNull();
        }
    }

    static Stream<TrackingBackend> backends() {
        return vendors().map(TestBackends::named);
    }

    @Test
    void anAnswerThatAVendorDoesNotGiveIsRefused() {
        assertThatThrownBy(() -> new ReportedEvents().vendor("refport").answers(Verdict.DUPLICATE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"refport\" has no answer here that says DUPLICATE; give it one with answers(status, body)");
        assertThatThrownBy(() -> new ReportedEvents().vendor("acme").answers(Verdict.REJECTED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"acme\" has no answer here that says REJECTED");
    }

    @Test
    void aBackendThatIsNoneOfTheSixIsRefused() {
        assertThatThrownBy(() -> ReftrailExtension.forBackends("acme"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'acme' is none of [affihub, affitor, affonso, dub, everflow, firstpromoter, introw, refport,"
                                + " rewardful, tapfiliate, tolt]; backends of your own are"
                                + " active without being named here");
    }
}
