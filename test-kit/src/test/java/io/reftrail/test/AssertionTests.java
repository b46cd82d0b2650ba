package io.reftrail.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.LeadSettings;
import io.reftrail.Reftrail;
import io.reftrail.RefundRequest;
import io.reftrail.model.CustomerField;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each assertion holds where it should, and fails where it should, saying what there is instead. One customer has landed,
 * signed up, paid, and received a refund, and Affitor accepts all of these events.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssertionTests {

    private static final Duration BRIEFLY = Duration.ofMillis(20);

    private static final String LEAD =
            "\n  - lead of \"mia\" at affitor, click id \"clk_nora\", e-mail \"mia@example.org\","
                    + " name \"Mia\", event name \"Sign Up\", metadata plan \"pro\": recorded (recorded)";

    private final ReportedEvents reported = new ReportedEvents();
    private final Reftrail reftrail = reported.record(Reftrail.builder()
            .backend(TestBackends.named("affitor"))
            .leads(LeadSettings.DEFAULT.withInclude(EnumSet.allOf(CustomerField.class))));

    @BeforeAll
    void letMiaCome() {
        Shop.signUp(reftrail, PartnerClick.of("affitor", "nora"));
        reftrail.sale("mia", new BigDecimal("29.00"), "EUR", "invoice-1");
        reftrail.refund(RefundRequest.full("mia", "invoice-1"));
        reported.await();
    }

    @AfterAll
    void close() {
        reftrail.close();
    }

    private ReportedEventsAssert it() {
        return assertThat(reported).within(BRIEFLY);
    }

    @Test
    void whatIsThereIsFound() {
        it().leads()
                .hasSize(1)
                .hasNoLeadFor("noor")
                .hasLeadFor("mia")
                .from("affitor")
                .withClickId("clk_nora")
                .withEmail("mia@example.org")
                .withName("Mia")
                .withEventName("Sign Up")
                .withMetadata("plan", "pro")
                .answered(Verdict.RECORDED)
                .satisfying("sent once", report -> report.attempts().size() == 1);
        it().sales()
                .hasSize(1)
                .hasNoSaleFor("noor")
                .hasSaleOf("29.00", "EUR")
                .by("mia")
                .withInvoice("invoice-1");
        it().sales().hasSaleFor("mia").of("29", "eur").from("affitor");
        it().refunds().hasSize(1).hasRefundFor("mia").ofAll().withInvoice("invoice-1");
        it().clicks().hasSize(1).hasClickOf("nora").withClickId("clk_nora").landingOn("https://localhost/?aff=nora");
        assertThat(it().leads().hasLeadFor("mia").report().json()).contains("mia@example.org");
        assertThat(reported.all().stream().map(report -> report.event().type()))
                .containsExactly(Event.Type.CLICK, Event.Type.LEAD, Event.Type.SALE, Event.Type.REFUND);
    }

    @Test
    void theWholeBodyIsCompared() {
        Report lead = it().leads().hasLeadFor("mia").report();
        String spacious = String.valueOf(lead.json()).replace(",", " , ").replace(":\"", " : \"");

        it().leads().hasLeadFor("mia").withJson(spacious);
    }

    private static Arguments fails(String message, Consumer<ReportedEventsAssert> assertion) {
        return Arguments.of(message, assertion);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                fails("Expected a lead for \"noor\", but there is:", it -> it.leads()
                        .hasLeadFor("noor")),
                fails("Expected a lead for \"mia\" that waits for its backend, but there is:", it -> it.leads()
                        .hasWaitingLeadFor("mia")),
                fails("Expected a lead for \"mia\" that is only kept, but there is:", it -> it.leads()
                        .hasKeptLeadFor("mia")),
                fails("Expected no lead, but there is:", it -> it.leads().hasNoLeads()),
                fails("Expected no lead for \"mia\", but there is:", it -> it.leads()
                        .hasNoLeadFor("mia")),
                fails("Expected 2 of kind LEAD, but there are 1:", it -> it.leads()
                        .hasSize(2)),
                fails("Expected 0 of kind LEAD, but there are 1:", it -> it.leads()
                        .hasSize(0)),
                fails(
                        "Expected a lead for \"mia\" from \"dub\", but there is:",
                        it -> it.leads().hasLeadFor("mia").from("dub")),
                fails(
                        "Expected a lead for \"mia\" from \"affitor\" with click id \"clk_noor\", but there is:",
                        it -> it.leads().hasLeadFor("mia").from("affitor").withClickId("clk_noor")),
                fails(
                        "Expected a lead for \"mia\" with e-mail \"noor@example.org\", but there is:",
                        it -> it.leads().hasLeadFor("mia").withEmail("noor@example.org")),
                fails(
                        "Expected a lead for \"mia\" with name \"Noor\", but there is:",
                        it -> it.leads().hasLeadFor("mia").withName("Noor")),
                fails(
                        "Expected a lead for \"mia\" with event name \"Trial\", but there is:",
                        it -> it.leads().hasLeadFor("mia").withEventName("Trial")),
                fails(
                        "Expected a lead for \"mia\" with metadata plan \"free\", but there is:",
                        it -> it.leads().hasLeadFor("mia").withMetadata("plan", "free")),
                fails(
                        "Expected a lead for \"mia\" answered REJECTED, but there is:",
                        it -> it.leads().hasLeadFor("mia").answered(Verdict.REJECTED)),
                fails(
                        "Expected a lead for \"mia\" with JSON {}, but there is:",
                        it -> it.leads().hasLeadFor("mia").withJson("{}")),
                fails("Expected a lead for \"mia\" sent twice, but there is:", it -> it.leads()
                        .hasLeadFor("mia")
                        .satisfying("sent twice", report -> report.attempts().size() == 2)),
                fails("Expected a sale for \"noor\", but there is:", it -> it.sales()
                        .hasSaleFor("noor")),
                fails("Expected a sale of 30.00 EUR, but there is:", it -> it.sales()
                        .hasSaleOf("30.00", "EUR")),
                fails("Expected a sale of 29.00 USD, but there is:", it -> it.sales()
                        .hasSaleOf("29.00", "USD")),
                fails(
                        "Expected a sale for \"mia\" of 30.00 EUR, but there is:",
                        it -> it.sales().hasSaleFor("mia").of("30", "EUR")),
                fails(
                        "Expected a sale of 29.00 EUR by \"noor\", but there is:",
                        it -> it.sales().hasSaleOf("29.00", "EUR").by("noor")),
                fails(
                        "Expected a sale for \"mia\" with invoice \"2\", but there is:",
                        it -> it.sales().hasSaleFor("mia").withInvoice("2")),
                fails("Expected no sale, but there is:", it -> it.sales().hasNoSales()),
                fails("Expected no sale for \"mia\", but there is:", it -> it.sales()
                        .hasNoSaleFor("mia")),
                fails("Expected 2 of kind SALE, but there are 1:", it -> it.sales()
                        .hasSize(2)),
                fails("Expected a refund for \"noor\", but there is:", it -> it.refunds()
                        .hasRefundFor("noor")),
                fails(
                        "Expected a refund for \"mia\" of 1.00 EUR, but there is:",
                        it -> it.refunds().hasRefundFor("mia").of("1", "EUR")),
                fails(
                        "Expected a refund for \"mia\" with invoice \"2\", but there is:",
                        it -> it.refunds().hasRefundFor("mia").withInvoice("2")),
                fails("Expected no refund, but there is:", it -> it.refunds().hasNoRefunds()),
                fails("Expected a click of \"noor\", but there is:", it -> it.clicks()
                        .hasClickOf("noor")),
                fails(
                        "Expected a click of \"nora\" landing on \"/\", but there is:",
                        it -> it.clicks().hasClickOf("nora").landingOn("/")),
                fails(
                        "Expected a click of \"nora\" with click id \"clk_noor\", but there is:",
                        it -> it.clicks().hasClickOf("nora").withClickId("clk_noor")),
                fails("Expected no click, but there is:", it -> it.clicks().hasNoClicks()),
                fails("Expected nothing to be reported, but there is:", it -> it.hasNothing()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void whatIsNotThereFails(String message, Consumer<ReportedEventsAssert> assertion) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertion.accept(it()))
                .withMessageContaining(message)
                .satisfies(failure ->
                        assertThat(failure).message().containsAnyOf(LEAD, "\n  - sale", "\n  - refund", "\n  - click"));
    }

    @Test
    void theMessageSaysAllThatThereIsAndWhatReftrailHasSaid() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> it().leads().hasLeadFor("noor"))
                .withMessage("Expected a lead for \"noor\", but there is:"
                        + "\n  - click of \"nora\" at affitor, click id \"clk_nora\", landing"
                        + " \"https://localhost/?aff=nora\": recorded (recorded)"
                        + LEAD
                        + "\n  - sale of \"mia\" at affitor, click id \"clk_nora\", amount \"29.00 EUR\", invoice"
                        + " \"invoice-1\": recorded (recorded)"
                        + "\n  - refund of \"mia\" at affitor, click id \"clk_nora\", amount \"all\", invoice \"invoice-1\","
                        + " refund id \"invoice-1\": recorded (recorded)"
                        + "\nResults of Reftrail:"
                        + "\n  - lead at affitor: ENQUEUED"
                        + "\n  - sale at affitor: ENQUEUED"
                        + "\n  - refund at affitor: ENQUEUED");
    }

    @Test
    void anAssertionMayBeDescribed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> it().leads().as("of the sign-up").hasNoLeads())
                .withMessageStartingWith("[of the sign-up] Expected no lead, but there is:" + LEAD);
    }
}
