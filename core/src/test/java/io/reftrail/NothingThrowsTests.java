package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.capture.CookieExchange;
import io.reftrail.delivery.HttpTransport;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.HandRunTransaction;
import io.reftrail.testing.LogCapture;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.UnreachableTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whatever fails inside, the caller signs somebody up and does not see it. */
class NothingThrowsTests {

    private static final Customer MIA = Customer.of("mia");

    @Test
    void anOutboxThatThrows() {
        Outbox outbox = mock();
        when(outbox.enqueue(any())).thenThrow(IllegalStateException.class);
        try (Reftrail reftrail = with().outbox(outbox).build()) {
            assertThat(reftrail.lead(both(), MIA).statuses())
                    .isEqualTo(Map.of("introw", LeadStatus.REFUSED, "refport", LeadStatus.REFUSED));
        }
    }

    @Test
    void aListenerThatThrows() {
        LeadListener listener = (backend, status) -> {
            throw new IllegalStateException("defect");
        };
        try (Reftrail reftrail = with().leadListener(listener).build()) {
            assertThat(reftrail.lead(both(), MIA).statuses())
                    .isEqualTo(Map.of("introw", LeadStatus.ENQUEUED, "refport", LeadStatus.ENQUEUED));
        }
    }

    @Test
    void aUnitOfWorkThatThrows() {
        UnitOfWork unitOfWork = action -> {
            throw new IllegalStateException("defect");
        };
        try (Reftrail reftrail = with().unitOfWork(unitOfWork).build()) {
            assertThat(reftrail.lead(both(), MIA).statuses())
                    .isEqualTo(Map.of("introw", LeadStatus.REFUSED, "refport", LeadStatus.REFUSED));
            assertThat(reftrail.lead(new Attribution("introw", "i", null), MIA).status("introw"))
                    .isEqualTo(LeadStatus.REFUSED);
            assertThat(reftrail.signIn(both(), MIA).statuses())
                    .isEqualTo(Map.of("introw", LeadStatus.REFUSED, "refport", LeadStatus.REFUSED));
            assertThat(reftrail.signIn(RecordingExchange.with(), MIA).statuses())
                    .isEmpty();
            assertThatCode(() -> reftrail.rememberSignIn(MIA)).doesNotThrowAnyException();
        }
    }

    @Test
    void aTransactionThatTakesOneLeadAndNothingElse() {
        AtomicInteger calls = new AtomicInteger();
        UnitOfWork unitOfWork = action -> {
            if (calls.incrementAndGet() > 2) {
                throw new IllegalStateException("defect");
            }
            action.run();
        };
        List<LeadStatus> heard = new ArrayList<>();
        try (Reftrail reftrail = with().unitOfWork(unitOfWork)
                .leadListener((backend, status) -> heard.add(status))
                .build()) {
            assertThat(reftrail.signIn(both(), MIA).statuses())
                    .isEqualTo(Map.of("introw", LeadStatus.ENQUEUED, "refport", LeadStatus.ENQUEUED));
            assertThat(heard).containsExactly(LeadStatus.ENQUEUED, LeadStatus.ENQUEUED);
        }
    }

    @Test
    void aResponseThatTakesNoCookieLosesNoLead() {
        try (Reftrail reftrail = with().build()) {
            assertThat(reftrail.lead(broken(), MIA).statuses())
                    .isEqualTo(Map.of("introw", LeadStatus.ENQUEUED, "refport", LeadStatus.ENQUEUED));
            assertThat(reftrail.operations().outbox().depth("refport")).isOne();
        }
    }

    @Test
    void aResponseThatTakesNoCookieAfterTheCommitDoesNotFailTheCommit() {
        HandRunTransaction transaction = new HandRunTransaction();
        try (Reftrail reftrail = with().unitOfWork(transaction).build()) {
            reftrail.lead(broken(), MIA);

            assertThatCode(transaction::commit).doesNotThrowAnyException();
            assertThat(reftrail.operations().outbox().depth("refport")).isOne();
        }
    }

    @Test
    void aResponseThatTakesNoCookieStillWithdrawsTheClickFromItsRequest() {
        CookieExchange exchange = broken();
        try (Reftrail reftrail = with().build()) {
            reftrail.visits().forgetClick(exchange);
        }
        verify(exchange).markReported("introw");
        verify(exchange).markReported("refport");
    }

    @Test
    void aRequestWithoutReadableCookies() {
        CookieExchange exchange = mock();
        when(exchange.cookieHeaders()).thenThrow(IllegalStateException.class);
        try (Reftrail reftrail = with().build()) {
            assertThat(reftrail.lead(exchange, MIA).statuses()).isEmpty();
            assertThat(reftrail.attributions(exchange)).isEmpty();
        }
    }

    @Test
    void closingThoughEverythingFails() {
        Outbox outbox = mock();
        HttpTransport transport = mock();
        when(outbox.depth(anyString())).thenThrow(new OutboxException("away"));
        doThrow(IllegalStateException.class).when(transport).close();
        doThrow(IllegalStateException.class).when(outbox).close();
        Reftrail reftrail = with().outbox(outbox).transport(transport).build();

        assertThatCode(reftrail::close).doesNotThrowAnyException();
        verify(outbox).close();
    }

    @Test
    void closingSaysHowManyEventsAreLeft() {
        try (LogCapture log = new LogCapture()) {
            Reftrail reftrail = with().outbox(new InMemoryOutbox()).build();
            reftrail.lead(both(), MIA);

            reftrail.close();

            assertThat(log.lines()).contains("WARN 2 events are left in the outbox at shutdown");
        }
    }

    private static ReftrailBuilder with() {
        return Reftrail.builder()
                .backend(IntrowBackend.of("ik_secret"))
                .backend(RefportBackend.of("rk_secret"))
                .transport(new UnreachableTransport());
    }

    private static CookieExchange both() {
        return RecordingExchange.with("_introw_aff=i; refp_id=r");
    }

    private static CookieExchange broken() {
        CookieExchange exchange = mock();
        when(exchange.cookieHeaders()).thenReturn(List.of("_introw_aff=i; refp_id=r"));
        doThrow(IllegalStateException.class).when(exchange).addSetCookie(any());
        return exchange;
    }
}
