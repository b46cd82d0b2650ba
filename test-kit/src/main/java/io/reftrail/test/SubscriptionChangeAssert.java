package io.reftrail.test;

import io.reftrail.model.SubscriptionChange;
import java.util.function.Predicate;

/** Assertions about one trial or cancellation. */
public final class SubscriptionChangeAssert extends EventAssert<SubscriptionChangeAssert> {

    SubscriptionChangeAssert(Inquiry inquiry, String first, Predicate<Report> wanted) {
        super(inquiry, SubscriptionChangeAssert.class, first, wanted);
    }

    /** Verifies the subscription's id. */
    public SubscriptionChangeAssert ofSubscription(String subscriptionId) {
        return and("of", subscriptionId, report -> ((SubscriptionChange) report.event()).subscriptionId());
    }
}
