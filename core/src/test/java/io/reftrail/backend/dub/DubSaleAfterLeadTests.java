package io.reftrail.backend.dub;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.HttpReply;
import io.reftrail.backend.Journeys;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dub answers a lead before it has written it (docs/contracts/dub.md, section 4), and a sale that names the lead follows at once. */
class DubSaleAfterLeadTests {

    private static final String NOT_FOUND =
            "{\"error\":{\"code\":\"not_found\",\"message\":\"Lead event not found.\",\"doc_url\":\"https://dub.co\"}}";

    private static final TrackingBackend DUB = DubBackend.of("s3cr3t");

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "SALE, PT0S,       RETRY",
        "SALE, PT59M59S,   RETRY",
        "SALE, PT1H,       RETRY",
        "SALE, P3D,        RETRY",
        "SALE, PT-5M,      RETRY",
        "LEAD, PT0S,       REJECTED",
        "LEAD, P3D,        REJECTED",
    })
    void aLeadThatIsNotFoundIsWaitedForHoweverLongTheOutageWas(Event.Type type, Duration age, Verdict verdict) {
        Event event = Journeys.event(DUB, type);

        Outcome outcome = DUB.outcome(
                event, new HttpReply(404, null, NOT_FOUND, event.occurredAt().plus(age)));

        assertThat(outcome.verdict()).isEqualTo(verdict);
    }
}
