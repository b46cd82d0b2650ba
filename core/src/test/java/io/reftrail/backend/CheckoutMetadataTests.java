package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.refport.RefportBackend;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A payment provider refuses a whole checkout for one value, and the values come from visitors' links. */
class CheckoutMetadataTests {

    @Test
    void whatCanBeCarriedIs() {
        String longest = "s".repeat(500);

        assertThat(new CheckoutMetadata(Map.of("affihub_ref", longest), "nora-7_x"))
                .extracting(CheckoutMetadata::metadata, CheckoutMetadata::clientReferenceId)
                .containsExactly(Map.of("affihub_ref", longest), "nora-7_x");
    }

    @Test
    void aValueThatIsTooLongIsLeftOut() {
        assertThat(new CheckoutMetadata(Map.of("a", "s".repeat(501), "b", " ", "c", "1"), null).metadata())
                .containsExactly(Map.entry("c", "1"));
    }

    static String[] noReferences() {
        return new String[] {"s".repeat(201), "a b", "n\u00f6ra", "nora+7", "a/b", "", "a\nb"};
    }

    @ParameterizedTest
    @MethodSource("noReferences")
    void whatIsNoReferenceForStripeIsLeftOut(String reference) {
        assertThat(new CheckoutMetadata(Map.of(), reference).clientReferenceId())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"affihub_ref", "refportClickId"})
    void anOddLinkIsNoReasonToFail(String key) {
        TrackingBackend backend = key.equals("affihub_ref")
                ? AffihubBackend.of("prog_1")
                : RefportBackend.builder("key").sales(SalesReporting.CHECKOUT).build();
        CheckoutMetadata checkout =
                backend.checkoutMetadata(Journeys.clicked(backend).withClickId("50% off!"), "7");

        assertThat(checkout.metadata()).containsEntry(key, "50% off!");
        assertThat(checkout.clientReferenceId()).isNull();
    }
}
