package io.reftrail.backend.affihub;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.CheckoutMetadata;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.Journeys;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The request of docs/contracts/affihub.md, section 3.1, as a whole, and the hand-over of section 3.6. */
class AffihubCallTests {

    private final AffihubBackend affihub = AffihubBackend.of("prog_7k2m9x");

    @Test
    void aLandingIsReportedWithoutCredentials() {
        assertThat(affihub.call(Journeys.click(affihub)))
                .isEqualTo(new HttpCall(
                        "POST",
                        URI.create("https://api.affihub.com/track/click"),
                        Map.of(),
                        "{\"program_id\":\"prog_7k2m9x\",\"ref\":\"nora7\",\"landing\":\"/pricing\","
                                + "\"referrer\":\"https://blog.example/\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.example/pricing?ref=n&x=/y | /pricing",
                "https://a.example/                   | /",
                "https://a.example                    | /",
                "https://a.example?ref=n              | /",
                "https://a.example#x/y                | /",
                "http://a.example:8080/a/b;c=d?x      | /a/b;c=d",
                "https://a.example/caf%C3%A9/         | /caf%C3%A9/",
                "https://a.example/{x} y               | /{x} y",
                "/pricing?ref=n                       | /pricing",
                "/go/https://b.example/x              | /go/https://b.example/x",
                "pricing                              | /pricing",
            })
    void onlyThePathIsTold(String landing, String path) {
        Click click = new Click(Journeys.pending(affihub), "n", landing, null, null, null, Map.of(), Journeys.NOW);

        assertThat(affihub.call(click).body())
                .isEqualTo("{\"program_id\":\"prog_7k2m9x\",\"ref\":\"n\",\"landing\":\"" + path + "\"}");
    }

    @Test
    void aClickOfWhichTheLandingIsForgottenIsNotCountedAgain() {
        assertThat(affihub.outcomeWithoutCall(Journeys.bareClick(affihub)))
                .isNotNull()
                .extracting(Outcome::verdict)
                .isEqualTo(Verdict.IGNORED);
        assertThat(affihub.outcomeWithoutCall(Journeys.click(affihub))).isNull();
    }

    @Test
    void whatIsNotToldIsNotKept() {
        Click minimised = affihub.redact(Journeys.click(affihub));

        assertThat(minimised)
                .isEqualTo(Journeys.click(affihub)
                        .withoutIpAddress()
                        .withoutUserAgent()
                        .withLanding("/pricing"));
        assertThat(affihub.call(minimised)).isEqualTo(affihub.call(Journeys.click(affihub)));
        assertThat(affihub.redact(Journeys.bareClick(affihub))).isEqualTo(Journeys.bareClick(affihub));
    }

    @Test
    void nothingButLandingsIsReported() {
        assertThat(affihub.reports()).containsExactly(Event.Type.CLICK);
    }

    @Test
    void theSlugIsHandedToThePaymentProvider() {
        assertThat(affihub.checkoutMetadata(Journeys.clicked(affihub), "7"))
                .isEqualTo(new CheckoutMetadata(
                        Map.of("affihub_ref", "click_1", "affihub_program", "prog_7k2m9x"), "click_1"));
    }
}
