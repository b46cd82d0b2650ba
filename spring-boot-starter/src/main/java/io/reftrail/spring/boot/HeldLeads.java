package io.reftrail.spring.boot;

import io.reftrail.LeadListener;
import io.reftrail.LeadStatus;
import java.util.concurrent.atomic.AtomicLong;

/** The number of leads that this process has held because the customer's age is unknown. Thread-safe. */
final class HeldLeads implements LeadListener {

    private final AtomicLong count = new AtomicLong();

    @Override
    public void onLead(String backend, LeadStatus status) {
        if (status == LeadStatus.AGE_UNKNOWN) {
            count.incrementAndGet();
        }
    }

    long count() {
        return count.get();
    }
}
