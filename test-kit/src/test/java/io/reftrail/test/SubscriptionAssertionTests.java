package io.reftrail.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.Reftrail;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Trials and ends of subscriptions, at vendors that document a call for one of them. */
class SubscriptionAssertionTests {

    private static final Duration BRIEFLY = Duration.ofMillis(20);

    private final ReportedEvents reported = new ReportedEvents();

    private Reftrail at(String vendor) {
        return reported.record(Reftrail.builder().backend(TestBackends.named(vendor)));
    }

    @Test
    void aTrialIsFound() {
        try (Reftrail reftrail = at("affonso")) {
            Shop.signUp(reftrail, PartnerClick.of("affonso", "nora"));
            reftrail.trialStarted("mia", "sub-1");
            reported.await();
        }

        assertThat(reported).trials().hasSize(1).hasOneFor("mia").ofSubscription("sub-1");
        assertThat(reported).cancellations().hasNone();
        assertThatThrownBy(() -> assertThat(reported).within(BRIEFLY).trials().hasOneFor("noor"))
                .hasMessageStartingWith("Expected a trial for \"noor\", but there is:")
                .hasMessageContaining("trial of \"mia\" at affonso, click id \"clk_nora\", subscription \"sub-1\"");
        assertThatThrownBy(() -> assertThat(reported).trials().hasNone())
                .hasMessageStartingWith("Expected no trial, but there is:");
    }

    @Test
    void theEndOfASubscriptionIsFound() {
        try (Reftrail reftrail = at("firstpromoter")) {
            Shop.signUp(reftrail, PartnerClick.of("firstpromoter", "nora"));
            reftrail.sale("mia", new BigDecimal("29.00"), "EUR", "invoice-1");
            reftrail.subscriptionEnded("mia", "sub-1", "invoice-1");
            reported.await();
        }

        assertThat(reported).cancellations().hasOneFor("mia").ofSubscription("sub-1");
        assertThat(reported).trials().hasNone();
    }
}
