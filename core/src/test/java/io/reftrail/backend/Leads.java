package io.reftrail.backend;

import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import java.time.Instant;

/** Leads to make calls of. */
public final class Leads {

    public static final Customer MIA =
            Customer.of("acct-48213").withEmail("mia@example.org").withName("Mia Kovac");

    public static final Customer MIA_WITH_A_PICTURE = MIA.withAvatar("https://cdn.example/mia.png");

    private Leads() {}

    public static Lead lead(TrackingBackend backend, String clickId, Customer customer) {
        Instant now = Instant.parse("2026-03-01T10:15:30Z");
        return Lead.of(new Attribution(backend.name(), clickId, now), customer, backend.leadEventName(), now);
    }
}
