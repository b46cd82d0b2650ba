package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.dub.DubBackend.LeadMode;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.StubServer;
import io.reftrail.testing.StubServer.Answer;
import io.reftrail.testing.StubServer.Received;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lead that Dub takes as deferred, and what makes it count (docs/contracts/dub.md, section 4). */
class ConfirmationTests {

    private static final Customer KIM = Customer.of("kim").withEmail("kim@example.org");

    private final StubServer dub =
            StubServer.answering(Answer.of(200, "{\"link\":{\"id\":\"l\"},\"sale\":{\"amount\":1}}"));
    private final InMemoryOutbox outbox = new InMemoryOutbox(9, new HandSetClock());
    private final Reftrail reftrail = Reftrail.builder()
            .backend(DubBackend.builder("dub_key")
                    .baseUrl(dub.url())
                    .leadMode(LeadMode.DEFERRED)
                    .build())
            .backend(RefportBackend.of("rk_secret"))
            .outbox(outbox)
            .build();

    @AfterEach
    void close() {
        reftrail.close();
        dub.close();
    }

    private List<String> told() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> outbox.depth("dub") == 0);
        return dub.requests().stream().map(Received::body).toList();
    }

    @Test
    void aDeferredLeadIsConfirmedWithoutAClickAndWithoutAMode() {
        reftrail.lead(RecordingExchange.with("dub_id=k3Vt"), Customer.of("kim"));

        assertThat(reftrail.confirm(KIM).statuses()).isEqualTo(Map.of("dub", LeadStatus.ENQUEUED));

        assertThat(told())
                .containsExactly(
                        "{\"clickId\":\"k3Vt\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"kim\",\"mode\":\"deferred\"}",
                        "{\"clickId\":\"\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"kim\","
                                + "\"customerEmail\":\"kim@example.org\"}");
    }

    @Test
    void aLeadIsConfirmedOnce() {
        reftrail.lead(RecordingExchange.with("dub_id=k3Vt"), KIM);
        reftrail.confirm(KIM);

        assertThat(reftrail.confirm(KIM).statuses()).isEqualTo(Map.of("dub", LeadStatus.DUPLICATE));
        assertThat(told()).hasSize(2);
    }

    @Test
    void thereIsNothingToConfirmOfACustomerWhomNobodyBroughtOrWhoseBackendDefersNothing() {
        reftrail.lead(RecordingExchange.with("refp_id=r"), KIM);

        assertThat(reftrail.confirm(KIM).statuses()).isEmpty();
    }

    @Test
    void aSaleBeforeItsConfirmationWaitsForTheLead() {
        AtomicInteger leads = new AtomicInteger();
        StubServer troubled =
                StubServer.answering(request -> request.path().endsWith("/lead") && leads.getAndIncrement() == 0
                        ? Answer.of(500, "")
                        : Answer.of(200, "{\"link\":{\"id\":\"l\"},\"sale\":{\"amount\":1}}"));
        InMemoryOutbox waiting = new InMemoryOutbox(9, new HandSetClock());
        try (troubled;
                Reftrail deferring = Reftrail.builder()
                        .backend(DubBackend.builder("dub_key")
                                .baseUrl(troubled.url())
                                .leadMode(LeadMode.DEFERRED)
                                .build())
                        .outbox(waiting)
                        .build()) {
            deferring.lead(RecordingExchange.with("dub_id=k3Vt"), KIM);
            Awaitility.await().until(() -> leads.get() == 1);
            deferring.sale("kim", BigDecimal.TEN, "EUR", "inv-1");
            deferring.operations().resume("dub");

            Awaitility.await().during(Duration.ofMillis(300)).until(() -> troubled.requests().stream()
                    .noneMatch(request -> request.path().endsWith("/sale")));
        }
    }

    @Test
    void aSaleWaitsForTheConfirmation() {
        reftrail.lead(RecordingExchange.with("dub_id=k3Vt"), KIM);
        reftrail.confirm(KIM);
        reftrail.sale("kim", BigDecimal.TEN, "EUR", "inv-1");

        told();
        assertThat(dub.requests().stream().map(Received::path))
                .containsExactly("/track/lead", "/track/lead", "/track/sale");
    }
}
