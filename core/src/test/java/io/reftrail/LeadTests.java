package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import io.reftrail.testing.HandSetClock;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.UnreachableTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From cookies to the outbox, and only then off with the cookies. */
class LeadTests {

    private static final String BOTH = "_introw_aff=i; refp_id=r";
    private static final Customer MIA = Customer.of("mia");

    private final HandSetClock clock = new HandSetClock();
    private final InMemoryOutbox outbox = new InMemoryOutbox(2, clock);
    private final List<String> heard = new ArrayList<>();
    private final Reftrail reftrail = Reftrail.builder()
            .backend(IntrowBackend.of("ik_secret"))
            .backend(RefportBackend.of("rk_secret"))
            .outbox(outbox)
            .transport(new UnreachableTransport())
            .leadListener((backend, status) -> heard.add(backend + " " + status))
            .clock(clock)
            .build();

    @AfterEach
    void close() {
        reftrail.close();
    }

    @Test
    void aVisitorWhomNobodyBroughtIsNoLead() {
        RecordingExchange exchange = RecordingExchange.with("sid=1");

        assertThat(reftrail.lead(exchange, MIA).statuses()).isEmpty();
        assertThat(exchange.setCookies()).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void aLeadWaitsInTheOutboxAndItsCookiesGo() {
        RecordingExchange exchange = RecordingExchange.with("_introw_aff=i");

        assertThat(reftrail.lead(exchange, MIA).statuses()).isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));

        assertThat(outbox.depth("introw")).isOne();
        assertThat(exchange.setCookies())
                .containsExactly(
                        "_introw_aff=; Max-Age=0; Path=/; Secure; SameSite=Lax",
                        "_reftrail_introw=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(heard).containsExactly("introw ENQUEUED");
    }

    @Test
    void twoBackendsThatBroughtTheCustomerBothHearOfIt() {
        RecordingExchange exchange = RecordingExchange.with(BOTH);

        assertThat(reftrail.lead(exchange, MIA).statuses())
                .isEqualTo(Map.of("introw", LeadStatus.ENQUEUED, "refport", LeadStatus.ENQUEUED));

        assertThat(outbox.depth("introw")).isOne();
        assertThat(outbox.depth("refport")).isOne();
        assertThat(exchange.setCookies()).hasSize(4);
    }

    @Test
    void theSecondTimeTheCustomerIsKnownAndTheCookieGoesToo() {
        reftrail.lead(RecordingExchange.with("_introw_aff=i"), MIA);
        RecordingExchange again = RecordingExchange.with("_introw_aff=other");

        assertThat(reftrail.lead(again, MIA).statuses()).isEqualTo(Map.of("introw", LeadStatus.DUPLICATE));

        assertThat(outbox.depth("introw")).isOne();
        assertThat(again.setCookies()).hasSize(2);
    }

    @Test
    void aRepeatableLeadIsEnqueuedEachTime() {
        reftrail.lead(
                RecordingExchange.with("_introw_aff=i"), LeadRequest.of(MIA).asRepeatable());

        assertThat(reftrail.lead(
                                RecordingExchange.with("_introw_aff=i"),
                                LeadRequest.of(MIA).asRepeatable())
                        .statuses())
                .isEqualTo(Map.of("introw", LeadStatus.ENQUEUED));
        assertThat(outbox.depth("introw")).isEqualTo(2);
    }

    @Test
    void aRefusedLeadKeepsItsCookieForTheNextTry() {
        reftrail.lead(RecordingExchange.with(BOTH), Customer.of("fills the outbox"));
        RecordingExchange exchange = RecordingExchange.with(BOTH);

        assertThat(reftrail.lead(exchange, MIA).statuses())
                .isEqualTo(Map.of("introw", LeadStatus.REFUSED, "refport", LeadStatus.REFUSED));

        assertThat(exchange.setCookies()).isEmpty();
        assertThat(heard).endsWith("introw REFUSED", "refport REFUSED");
    }

    @Test
    void anAttributionThatTheApplicationKeptIsALeadToo() {
        assertThat(reftrail.lead(new Attribution("refport", "r", null), MIA).status("refport"))
                .isEqualTo(LeadStatus.ENQUEUED);
        assertThat(reftrail.lead(new Attribution("refport", "r", null), MIA).status("refport"))
                .isEqualTo(LeadStatus.DUPLICATE);
        assertThat(reftrail.lead(new Attribution("dub", "d", null), MIA).status("dub"))
                .isEqualTo(LeadStatus.REFUSED);
    }

    @Test
    void attributionsAreReadableWithoutReporting() {
        RecordingExchange exchange = RecordingExchange.with(BOTH);

        assertThat(reftrail.attributions(exchange))
                .containsExactly(new Attribution("introw", "i", null), new Attribution("refport", "r", null));
        assertThat(exchange.setCookies()).isEmpty();
        assertThat(reftrail.backends()).containsExactly("introw", "refport");
    }
}
