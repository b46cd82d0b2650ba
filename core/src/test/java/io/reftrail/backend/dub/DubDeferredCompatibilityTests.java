package io.reftrail.backend.dub;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.backend.dub.DubBackend.LeadMode;

/** Dub where a lead counts when it is confirmed (docs/contracts/dub.md, section 4). */
public class DubDeferredCompatibilityTests extends DubCompatibilityTests {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return DubBackend.builder(SECRET)
                .domain("go.shop.example")
                .leadMode(LeadMode.DEFERRED)
                .baseUrl(baseUrl)
                .build();
    }
}
