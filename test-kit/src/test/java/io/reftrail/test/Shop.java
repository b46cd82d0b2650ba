package io.reftrail.test;

import io.reftrail.LeadRequest;
import io.reftrail.Reftrail;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.model.Customer;
import java.util.Map;

/** What the shop of these tests does. */
final class Shop {

    private Shop() {}

    /** Mia signs up, with everything that is known of her. */
    static void signUp(Reftrail reftrail, PartnerClick click) {
        reftrail.lead(
                HeaderExchange.of(click.in(reftrail).header(), true),
                LeadRequest.of(Customer.of("mia").withEmail("mia@example.org").withName("Mia"))
                        .withMetadata(Map.of("plan", "pro")));
    }
}
