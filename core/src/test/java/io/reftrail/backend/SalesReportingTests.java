package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A vendor that learns of a payment twice may count it twice, so it learns of all of them one way. */
class SalesReportingTests {

    private static final Set<Event.Type> SALES = Set.of(Event.Type.SALE, Event.Type.REFUND);

    private static List<TrackingBackend> backends(SalesReporting sales) {
        return List.of(
                AffitorBackend.builder("t").programId("12").sales(sales).build(),
                RefportBackend.builder("t").sales(sales).build(),
                AffonsoBackend.builder("t", "prg_1").sales(sales).build(),
                DubBackend.builder("t").sales(sales).build());
    }

    @ParameterizedTest
    @EnumSource
    void aVendorLearnsOfSalesOneWay(SalesReporting sales) {
        for (TrackingBackend backend : backends(sales)) {
            boolean told = backend.reports().stream().anyMatch(SALES::contains);
            boolean carried = Stream.of(Journeys.clicked(backend), older(backend))
                    .map(attribution -> backend.checkoutMetadata(attribution, "7"))
                    .anyMatch(metadata -> !metadata.equals(CheckoutMetadata.NONE));

            assertThat(told).as(backend.name()).isEqualTo(sales == SalesReporting.API);
            assertThat(carried).as(backend.name()).isEqualTo(sales == SalesReporting.CHECKOUT);
        }
    }

    private static Attribution older(TrackingBackend backend) {
        return Journeys.clicked(backend).with(Attribution.COOKIE, "customer_code");
    }

    @Test
    void theRestIsReportedEitherWay() {
        for (SalesReporting sales : SalesReporting.values()) {
            assertThat(backends(sales).get(0).reports()).contains(Event.Type.CLICK, Event.Type.LEAD);
            assertThat(backends(sales).get(1).reports()).contains(Event.Type.LEAD);
        }
    }

    @Test
    void theApplicationTellsUnlessItIsSaidOtherwise() {
        assertThat(AffitorBackend.of("t").reports()).contains(Event.Type.SALE, Event.Type.REFUND);
        assertThat(AffonsoBackend.of("k", "p").reports())
                .contains(Event.Type.SALE, Event.Type.REFUND, Event.Type.TRIAL);
        assertThat(RefportBackend.of("t").reports()).containsExactlyInAnyOrder(Event.Type.LEAD, Event.Type.SALE);
    }
}
