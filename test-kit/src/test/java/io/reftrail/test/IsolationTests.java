package io.reftrail.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.LeadStatus;
import io.reftrail.Reftrail;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.model.Customer;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that share a Reftrail know nothing of one another. */
class IsolationTests {

    @RegisterExtension
    static final ReftrailExtension SHOP = ReftrailExtension.forBackends("introw", "affitor");

    private static final Reftrail[] FIRST = new Reftrail[1];

    /** Each leaves a customer, an outage and a lead that waits. */
    @RepeatedTest(3)
    void eachBeginsAnew(Reftrail reftrail, ReportedEvents reported) {
        if (FIRST[0] == null) {
            FIRST[0] = reftrail;
        }
        assertThat(reftrail).isSameAs(FIRST[0]);
        assertThat(reported).hasNothing();

        Map<String, LeadStatus> mia = signIn("mia");
        assertThat(mia).containsEntry("introw", LeadStatus.ENQUEUED);
        assertThat(reported).leads().hasSize(1).hasLeadFor("mia");

        reported.vendor("introw").goesAway();
        assertThat(signIn("noor")).containsEntry("introw", LeadStatus.ENQUEUED);
        assertThat(reported).leads().hasWaitingLeadFor("noor");

        reftrail.rememberSignIn(Customer.of("ada"));
        reported.await();
        assertThat(reftrail.operations().outbox().firstSignIn("ada"))
                .isAfter(Instant.now().minusSeconds(30));
        assertThat(signIn("ada")).containsKey("introw");
    }

    private static Map<String, LeadStatus> signIn(String customer) {
        Reftrail reftrail = SHOP.reftrail();
        String cookies = PartnerClick.of("introw", "aff_1").in(reftrail).header();
        return reftrail.signIn(HeaderExchange.of(cookies, true), Customer.of(customer))
                .statuses();
    }

    @Nested
    class Inside {

        @Test
        void theClassesInsideShareIt(Reftrail reftrail, ReportedEvents reported) {
            assertThat(reftrail).isSameAs(SHOP.reftrail());
            assertThat(reported).hasNothing();
        }
    }

    @Test
    void oneRecorderIsOfOneReftrail() {
        ReportedEvents events = new ReportedEvents();
        try (Reftrail one = events.record(Reftrail.builder())) {
            assertThat(one.backends()).isEmpty();
            assertThatThrownBy(() -> events.record(Reftrail.builder()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("these are the events of another Reftrail");
        }
    }

    @Test
    void aReftrailThatTheApplicationBuildsIsNotTakenForARecordedOne() {
        try (Reftrail own = Reftrail.builder().outbox(new InMemoryOutbox()).build()) {
            assertThatThrownBy(() -> new ReportedEvents().attach(own))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "this Reftrail does not report here: the application builds it by itself. In tests, have it"
                                    + " built by ReportedEvents.record(builder)");
        }
    }
}
