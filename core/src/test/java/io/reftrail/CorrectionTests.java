package io.reftrail;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.reftrail.capture.CapturedQuery;
import io.reftrail.capture.TouchCapture;
import io.reftrail.capture.TouchCapture.Arrival;
import io.reftrail.capture.TouchSettings;
import io.reftrail.journey.Correction;
import io.reftrail.journey.Journey;
import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.testing.RecordingExchange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An attribution that is corrected by hand, and the export of all that is stored about a person. */
class CorrectionTests extends SignInFixture {

    private static final Attribution MAX =
            new Attribution("refport", "click-of-max", null, null, Map.of(Attribution.CODE, "max"));

    private final Customer kim = Customer.of("kim").withEmail("kim@example.org");

    @Override
    ReftrailBuilder builder() {
        return super.builder().touches(TouchSettings.DEFAULT);
    }

    /** Kim comes by a partner's link of introw and from a search engine, signs up and is a lead of introw. */
    private void signUp() {
        RecordingExchange clicked = click("irw_id=click-of-nora");
        TouchCapture touches = requireNonNull(reftrail().visits().touches());
        Arrival arrival = new Arrival("shop.example.com", "/", null, "https://www.google.com/", "cross-site");
        touches.store(
                requireNonNull(requireNonNull(touches.find(arrival, List.of(), clicked))
                        .touch()),
                clicked);
        RecordingExchange landed = clicked.next();
        later();
        Arrival partner = new Arrival("shop.example.com", "/", null, "https://blog.example.org/", "cross-site");
        CapturedQuery query = requireNonNull(reftrail().visits().capture().read("irw_id=click-of-nora"));
        touches.store(
                requireNonNull(requireNonNull(touches.find(partner, query.clicks(), landed))
                        .touch()),
                landed);
        assertThat(reftrail().lead(landed.next(), kim).statuses()).containsEntry("introw", LeadStatus.ENQUEUED);
    }

    private Journey journey() {
        return Objects.requireNonNull(reftrail().journey("kim"));
    }

    @Test
    void aCustomerIsGivenToAnotherPartner() {
        signUp();

        LeadReport report = reftrail().reattribute("kim", MAX, "Max brought her by phone", "lee@example.com");

        assertThat(report.statuses()).containsExactly(Map.entry("refport", LeadStatus.ENQUEUED));
        assertThat(journey().touches())
                .extracting(Touch::source, Touch::origin)
                .containsExactly(tuple("Google", Origin.SEARCH), tuple("refport", Origin.BY_HAND));
        assertThat(journey().replaced()).extracting(Touch::source).containsExactly("introw");
        assertThat(journey().corrections())
                .containsExactly(new Correction(
                        clock.instant(), new Partner("refport", "max"), "Max brought her by phone", "lee@example.com"));
    }

    @Test
    void salesFollowTheCorrection() {
        signUp();
        assertThat(sale("inv-1").statuses()).isEmpty(); // introw takes no sales by itself
        reftrail().reattribute("kim", MAX, "by phone", "lee");
        assertThat(sale("inv-2").statuses()).containsExactly(Map.entry("refport", SaleStatus.ENQUEUED));

        reftrail().unattribute("kim", "fraud", "lee");

        assertThat(sale("inv-3").statuses()).containsExactly(Map.entry("refport", SaleStatus.UNATTRIBUTED));
        assertThat(reftrail().refund(RefundRequest.full("kim", "inv-2")).statuses())
                .doesNotContainValue(SaleStatus.UNATTRIBUTED);
        assertThat(journey().touches()).extracting(Touch::source).containsExactly("Google");
        assertThat(journey().corrections()).hasSize(2);
        assertThat(journey().conversions()).hasSize(5);
    }

    private SaleReport sale(String invoice) {
        return reftrail().sale("kim", BigDecimal.TEN, "EUR", invoice);
    }

    @Test
    void theSamePartnersBackendTakesItAsADuplicate() {
        signUp();

        LeadReport report =
                reftrail().reattribute("kim", new Attribution("introw", "click-of-max", null), "by phone", "lee");

        assertThat(report.statuses()).containsExactly(Map.entry("introw", LeadStatus.DUPLICATE));
    }

    @Test
    void aBackendThatIsNotActiveIsNotedWithoutALead() {
        LeadReport report = reftrail().reattribute("kim", new Attribution("dub", "click", null), "by phone", "lee");

        assertThat(report.isEmpty()).isTrue();
        assertThat(journey().touches()).extracting(Touch::source).containsExactly("dub");
    }

    @Test
    void aCorrectionSaysWhyAndByWhom() {
        for (String blank : new String[] {"", " ", "x".repeat(201)}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> reftrail().unattribute("kim", blank, "lee"));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> reftrail().reattribute("kim", MAX, "by phone", blank));
        }
        assertThat(reftrail().journey("kim")).isNull();
    }

    @Test
    void withoutAttributionThereIsNothingToCorrect() {
        reftrail(super.builder());

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> reftrail().unattribute("kim", "fraud", "lee"));
    }

    @Test
    void anExportHasAllThatIsStoredAndAfterwardsNothing() {
        signUp();
        sale("inv-1");
        reftrail().unattribute("kim", "fraud", "lee@example.com");

        JsonNode export = JsonMapper.shared().readTree(reftrail().export("kim"));

        assertThat(export.get("customer").asString()).isEqualTo("kim");
        assertThat(export.toString())
                .contains("kim@example.org", "click-of-nora", "www.google.com", "inv-1", "lee@example.com");
        reftrail().forget("kim");
        assertThat(reftrail().export("kim")).isEqualTo("{\"customer\":\"kim\"}");
    }
}
