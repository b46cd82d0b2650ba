package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Money;
import io.reftrail.model.Payment;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.ExchangingBackend;
import io.reftrail.testing.ForwardingOutbox;
import io.reftrail.testing.HandRunTransaction;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.UnreachableTransport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sales find their click in the ledger, long after the cookie is gone. */
class SaleTests {

    private static final BigDecimal PRICE = new BigDecimal("29.00");

    private final HandSetClock clock = new HandSetClock();
    private final InMemoryOutbox outbox = new InMemoryOutbox(3, clock);
    private final HandRunTransaction transaction = new HandRunTransaction();
    private final AtomicBoolean inTransaction = new AtomicBoolean();
    private final List<String> heard = new ArrayList<>();
    private final Reftrail reftrail = Reftrail.builder()
            .backend(new ExchangingBackend("http://localhost"))
            .backend(IntrowBackend.of("ik_secret"))
            .outbox(outbox)
            .transport(new UnreachableTransport())
            .unitOfWork(work -> (inTransaction.get() ? transaction : UnitOfWork.NONE).afterCommit(work))
            .saleListener((backend, type, status) -> heard.add(backend + " " + type + " " + status))
            .clock(clock)
            .build();

    @AfterEach
    void close() {
        reftrail.close();
    }

    private void signUp(String customer) {
        reftrail.lead(RecordingExchange.with("bazaar_click=clk-1; _introw_aff=i"), Customer.of(customer));
    }

    private Map<String, SaleStatus> sale(String customer, String invoice) {
        return reftrail.sale(customer, PRICE, "EUR", invoice).statuses();
    }

    @Test
    void aSaleGoesToTheBackendsThatTakeSalesAndWereToldOfTheCustomer() {
        signUp("kim");
        clock.advance(Duration.ofDays(700));

        assertThat(sale("kim", "inv-1")).isEqualTo(Map.of("bazaar", SaleStatus.ENQUEUED));

        assertThat(outbox.find("bazaar\n\nsale\ninv-1"))
                .extracting(entry -> entry.attribution().clickId())
                .isEqualTo("clk-1");
        assertThat(heard).containsExactly("bazaar SALE ENQUEUED");
    }

    @Test
    void aCustomerWhoWasReportedAgainAndAgainIsFoundToo() {
        reftrail.lead(
                RecordingExchange.with("bazaar_click=clk-1"),
                LeadRequest.of(Customer.of("kim")).asRepeatable());
        reftrail.lead(
                RecordingExchange.with("bazaar_click=clk-2"),
                LeadRequest.of(Customer.of("kim")).asRepeatable());
        assertThat(outbox.depth("bazaar")).isEqualTo(2);

        assertThat(sale("kim", "inv-1")).containsOnlyKeys("bazaar");
    }

    @Test
    void aCustomerWhomNobodyBroughtIsNoSale() {
        assertThat(sale("ada", "inv-1")).isEmpty();
        assertThat(outbox.depth("bazaar")).isZero();
        assertThat(heard).isEmpty();
    }

    @Test
    void anInvoiceCountsOnce() {
        signUp("kim");
        sale("kim", "inv-1");

        assertThat(sale("kim", "inv-1")).isEqualTo(Map.of("bazaar", SaleStatus.DUPLICATE));
    }

    @Test
    void aTrialIsNoSale() {
        signUp("kim");

        assertThat(reftrail.sale("kim", BigDecimal.ZERO, "EUR", "inv-1").statuses())
                .isEqualTo(Map.of("bazaar", SaleStatus.NO_AMOUNT));
        assertThat(outbox.find("bazaar\n\nsale\ninv-1")).isNull();
    }

    @Test
    void aSaleThatCouldNotBeStoredThrowsSoThatTheWebhookFails() {
        signUp("kim");
        sale("kim", "inv-1");

        assertThatThrownBy(() -> sale("kim", "inv-2"))
                .isInstanceOfSatisfying(EventRefusedException.class, refused -> assertThat(refused.backends())
                        .containsExactly("bazaar"))
                .hasMessage("The sale could not be stored for bazaar. Report it again; the log has the cause.");
        assertThat(heard).containsExactly("bazaar SALE ENQUEUED", "bazaar SALE REFUSED");
        assertThat(sale("kim", "inv-1")).isEqualTo(Map.of("bazaar", SaleStatus.DUPLICATE));
    }

    @Test
    void oneBackendsRefusalDoesNotKeepTheSaleFromTheNext() {
        Outbox roomy = new InMemoryOutbox(10, clock);
        Outbox broken = new ForwardingOutbox(roomy) {
            @Override
            public @Nullable LedgerEntry find(String backend, String eventName, String customerId) {
                if (backend.equals("bazaar")) {
                    throw new OutboxException("away");
                }
                return super.find(backend, eventName, customerId);
            }
        };
        try (Reftrail both = Reftrail.builder()
                .backend(new ExchangingBackend("http://localhost"))
                .backend(RefportBackend.of("rk_secret"))
                .outbox(broken)
                .transport(new UnreachableTransport())
                .build()) {
            both.lead(new Attribution("refport", "r", null), Customer.of("lea"));

            assertThatThrownBy(() -> both.sale("lea", PRICE, "EUR", "inv-9"))
                    .isInstanceOfSatisfying(EventRefusedException.class, refused -> assertThat(refused.backends())
                            .containsExactly("bazaar"));
            assertThat(roomy.find("refport\n\nsale\ninv-9")).isNotNull();
        }
    }

    @Test
    void aRefundThatCouldNotBeStoredThrows() {
        try (Reftrail full = Reftrail.builder()
                .backend(AffitorBackend.of("ak_secret"))
                .outbox(new InMemoryOutbox(1, clock))
                .transport(new UnreachableTransport())
                .build()) {
            full.lead(new Attribution("affitor", "clk-1", clock.instant()), Customer.of("kim"));

            assertThatThrownBy(() -> full.refund(RefundRequest.full("kim", "inv-1")))
                    .isInstanceOf(EventRefusedException.class)
                    .hasMessageContaining("The refund could not be stored for affitor.");
        }
    }

    @Test
    void aSaleBelongsToItsTransaction() {
        signUp("kim");
        inTransaction.set(true);
        assertThat(sale("kim", "inv-1")).isEqualTo(Map.of("bazaar", SaleStatus.AFTER_COMMIT));
        transaction.rollback();
        assertThat(outbox.find("bazaar\n\nsale\ninv-1")).isNull();

        inTransaction.set(true);
        sale("kim", "inv-1");
        transaction.commit();
        assertThat(outbox.find("bazaar\n\nsale\ninv-1")).isNotNull();
        assertThat(heard)
                .containsExactly("bazaar SALE AFTER_COMMIT", "bazaar SALE AFTER_COMMIT", "bazaar SALE ENQUEUED");
    }

    @Test
    void aSaleFindsTheLeadOfItsOwnTransaction() {
        inTransaction.set(true);
        signUp("kim");
        assertThat(sale("kim", "inv-1")).isEqualTo(Map.of("bazaar", SaleStatus.AFTER_COMMIT));
        assertThat(sale("ada", "inv-2")).isEqualTo(Map.of("bazaar", SaleStatus.AFTER_COMMIT));

        transaction.commit();

        assertThat(outbox.find("bazaar\n\nsale\ninv-1")).isNotNull();
        assertThat(outbox.find("bazaar\n\nsale\ninv-2")).isNull();
    }

    @Test
    void aRefundGoesNowhereIfNobodyTakesRefunds() {
        signUp("kim");
        assertThat(reftrail.refund(RefundRequest.full("kim", "inv-1")).statuses())
                .isEmpty();
    }

    @Test
    void aForgottenCustomerIsNobodysSale() {
        signUp("kim");
        reftrail.forget("kim");
        assertThat(sale("kim", "inv-1")).isEmpty();
    }

    @Test
    void amountsThatCannotBeAreRefusedBeforeAnythingHappens() {
        assertThatIllegalArgumentException().isThrownBy(() -> reftrail.sale("kim", PRICE.negate(), "EUR", "i"));
        assertThatIllegalArgumentException().isThrownBy(() -> reftrail.sale("kim", PRICE, "JPYX", "i"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reftrail.sale("kim", new BigDecimal("0.001"), "EUR", "i"));
        assertThatIllegalArgumentException().isThrownBy(() -> reftrail.sale("kim", PRICE, "EUR", " "));
        assertThatIllegalArgumentException().isThrownBy(() -> Payment.of("", "i", Money.of(PRICE, "EUR")));
    }

    @Test
    void anAttributionThatTheApplicationHasKeptItselfMakesTheCustomerKnown() {
        reftrail.lead(new Attribution("bazaar", "clk-7", null), Customer.of("lea"));
        assertThat(sale("lea", "inv-7")).containsOnlyKeys("bazaar");
    }
}
