package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.model.Customer;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.HandRunTransaction;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.UnreachableTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A lead stands and falls with the caller's transaction, and the cookie goes with its commit. */
class LeadTransactionTests {

    private static final Customer MIA = Customer.of("mia");

    private final HandRunTransaction transaction = new HandRunTransaction();
    private final RecordingExchange exchange = RecordingExchange.with("_introw_aff=i");

    @Test
    void nothingHappensBeforeTheCommit() {
        try (Reftrail reftrail = reftrail(new InMemoryOutbox())) {
            assertThat(reftrail.lead(exchange, MIA).statuses()).isEqualTo(Map.of("introw", LeadStatus.AFTER_COMMIT));

            assertThat(reftrail.operations().outbox().depth("introw")).isZero();
            assertThat(exchange.setCookies()).isEmpty();
        }
    }

    @Test
    void theCommitBringsTheLeadAndEndsTheCookie() {
        try (Reftrail reftrail = reftrail(new InMemoryOutbox())) {
            reftrail.lead(exchange, MIA);

            transaction.commit();

            assertThat(reftrail.operations().outbox().depth("introw")).isOne();
            assertThat(exchange.setCookies()).hasSize(2).allMatch(line -> line.contains("Max-Age=0"));
        }
    }

    @Test
    void theListenerHearsOfTheCommitToo() {
        List<LeadStatus> heard = new ArrayList<>();
        try (Reftrail reftrail = Reftrail.builder()
                .backend(IntrowBackend.of("key"))
                .transport(new UnreachableTransport())
                .unitOfWork(transaction)
                .leadListener((backend, status) -> heard.add(status))
                .build()) {
            reftrail.lead(exchange, MIA);
            transaction.commit();

            assertThat(heard).containsExactly(LeadStatus.AFTER_COMMIT, LeadStatus.ENQUEUED);
        }
    }

    @Test
    void aTransactionThatIsTriedAgainInTheSameRequestHasItsLead() {
        try (Reftrail reftrail = reftrail(new InMemoryOutbox())) {
            reftrail.lead(exchange, MIA);
            transaction.rollback();

            assertThat(reftrail.lead(exchange, MIA).statuses()).isEqualTo(Map.of("introw", LeadStatus.AFTER_COMMIT));
            transaction.commit();

            assertThat(reftrail.operations().outbox().depth("introw")).isOne();
            assertThat(exchange.setCookies()).hasSize(2);
            assertThat(reftrail.lead(exchange, MIA).statuses()).isEmpty();
        }
    }

    @Test
    void aRollbackLeavesNoTrace() {
        try (Reftrail reftrail = reftrail(new InMemoryOutbox())) {
            reftrail.lead(exchange, MIA);

            transaction.rollback();
            transaction.commit();

            assertThat(reftrail.operations().outbox().depth("introw")).isZero();
            assertThat(exchange.setCookies()).isEmpty();
        }
    }

    @Test
    void aLeadThatIsRefusedAfterTheCommitKeepsItsCookieAndThrowsNothing() {
        Outbox outbox = mock();
        when(outbox.enqueue(any())).thenThrow(new OutboxException("away"));
        try (Reftrail reftrail = reftrail(outbox)) {
            reftrail.lead(exchange, MIA);

            transaction.commit();

            verify(outbox).enqueue(any());
            assertThat(exchange.setCookies()).isEmpty();
        }
    }

    @Test
    void anOutboxThatJoinsTheTransactionTakesTheLeadAtOnceButTheCookieWaits() {
        Outbox outbox = joining();
        when(outbox.enqueue(any())).thenReturn(Enqueued.ACCEPTED);
        try (Reftrail reftrail = reftrail(outbox)) {
            assertThat(reftrail.lead(exchange, MIA).statuses()).isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
            verify(outbox).enqueue(any());
            assertThat(exchange.setCookies()).isEmpty();

            transaction.commit();

            assertThat(exchange.setCookies()).hasSize(2);
        }
    }

    @Test
    void ifAJoinedTransactionRollsBackTheCookieStays() {
        Outbox outbox = joining();
        when(outbox.enqueue(any())).thenReturn(Enqueued.ACCEPTED);
        try (Reftrail reftrail = reftrail(outbox)) {
            reftrail.lead(exchange, MIA);

            transaction.rollback();

            assertThat(exchange.setCookies()).isEmpty();
        }
    }

    @Test
    void whatAJoinedOutboxRefusesKeepsItsCookieThroughTheCommit() {
        Outbox outbox = joining();
        when(outbox.enqueue(any())).thenThrow(new OutboxException("away"));
        try (Reftrail reftrail = reftrail(outbox)) {
            assertThat(reftrail.lead(exchange, MIA).statuses()).isEqualTo(Map.of("introw", LeadStatus.REFUSED));

            transaction.commit();

            assertThat(exchange.setCookies()).isEmpty();
        }
    }

    private Outbox joining() {
        Outbox outbox = mock();
        when(outbox.joinsTransaction()).thenReturn(true);
        when(outbox.unitOfWork()).thenReturn(transaction);
        return outbox;
    }

    private Reftrail reftrail(Outbox outbox) {
        return Reftrail.builder()
                .backend(IntrowBackend.of("ik_secret"))
                .transport(new UnreachableTransport())
                .outbox(outbox)
                .unitOfWork(transaction)
                .build();
    }
}
