package io.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.EventRefusedException;
import io.reftrail.Reftrail;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.SalesReporting;
import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code that docs/backends.md shows does what the page says. */
class ShopTests {

    private static final int CAPACITY = 10;

    private final List<String> heard = new ArrayList<>();
    private final Reftrail reftrail = shop(SalesReporting.API);
    private final Reftrail byCheckout = shop(SalesReporting.CHECKOUT);
    private final PaymentWebhook webhook = new PaymentWebhook(reftrail);

    private Reftrail shop(SalesReporting sales) {
        return Reftrail.builder()
                .backend(AffitorBackend.builder("aff_secret")
                        .programId("prog_12")
                        .sales(sales)
                        .build())
                .backend(AffihubBackend.of("prog_7"))
                .outbox(new InMemoryOutbox(CAPACITY, Clock.systemUTC()))
                .transport(new NobodyIsThere())
                .saleListener((backend, type, status) -> heard.add(backend + " " + type + " " + status))
                .build();
    }

    @AfterEach
    void close() {
        reftrail.close();
        byCheckout.close();
    }

    private void signUp(String customer) {
        Instant now = Instant.now();
        for (Reftrail shop : List.of(reftrail, byCheckout)) {
            shop.lead(new Attribution("affitor", "clk-1", now), Customer.of(customer));
            shop.lead(new Attribution("affihub", "nora-7", now), Customer.of(customer));
        }
    }

    @Test
    void aStripeSessionCarriesTheClickTwiceAndTheReference() {
        signUp("7");

        assertThat(new StripeCheckout(byCheckout).session("7", "price_1"))
                .containsEntry("metadata[affitor_click_id]", "clk-1")
                .containsEntry("subscription_data[metadata][affitor_click_id]", "clk-1")
                .containsEntry("metadata[affitor_customer_key]", "7")
                .containsEntry("metadata[affihub_ref]", "nora-7")
                .containsEntry("client_reference_id", "nora-7");
        assertThat(new StripeCheckout(byCheckout).session("8", "price_1")).hasSize(4);
    }

    @Test
    void aVendorThatIsToldByTheApiIsNotToldByTheCheckoutAsWell() {
        signUp("7");

        assertThat(reftrail.checkoutMetadata("7").metadata())
                .containsOnlyKeys("affihub_ref", "affihub_program", "reftrail_customer");
        assertThat(byCheckout.sale("7", BigDecimal.TEN, "EUR", "inv-1").isEmpty())
                .isTrue();
    }

    @Test
    void aPaddleTransactionCarriesTheClick() {
        signUp("7");

        assertThat(new PaddleCheckout(byCheckout).transaction("7", "pri_1").get("custom_data"))
                .isEqualTo(Map.of(
                        "affihub_ref", "nora-7",
                        "affihub_program", "prog_7",
                        "affitor_click_id", "clk-1",
                        "affitor_customer_key", "7",
                        "program_id", "prog_12"));
    }

    @Test
    void aWebhookReportsEachPaymentOnce() {
        signUp("7");

        webhook.orderPaid("7", new BigDecimal("29.00"), "EUR", "inv-1");
        webhook.orderPaid("7", new BigDecimal("29.00"), "EUR", "inv-1");
        webhook.subscriptionPaid("7", 2900, "jpy", "inv-2", "sub-1");
        webhook.refunded("7", "inv-1", "ref-1", 1450, "eur");
        webhook.orderPaid("nobody's", BigDecimal.TEN, "EUR", "inv-3");

        assertThat(heard)
                .containsExactly(
                        "affitor SALE ENQUEUED",
                        "affitor SALE DUPLICATE",
                        "affitor SALE ENQUEUED",
                        "affitor REFUND ENQUEUED");
    }

    @Test
    void aWebhookFailsIfItsSaleCannotBeStored() {
        signUp("7");

        assertThatThrownBy(() -> {
                    for (int invoice = 0; invoice <= CAPACITY; invoice++) {
                        webhook.orderPaid("7", BigDecimal.TEN, "EUR", "inv-" + invoice);
                    }
                })
                .isInstanceOf(EventRefusedException.class);
    }

    private static final class NobodyIsThere implements HttpTransport {

        @Override
        public HttpReply send(HttpCall call) throws IOException {
            throw new IOException("nobody is there");
        }

        @Override
        public void close() {}
    }
}
