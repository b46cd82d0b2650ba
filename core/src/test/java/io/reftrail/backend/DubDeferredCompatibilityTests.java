package io.reftrail.backend;

import io.reftrail.backend.DubBackend.LeadMode;

/** Dub where a lead counts when it is confirmed (docs/contracts/dub.md, section 4). */
class DubDeferredCompatibilityTests extends DubCompatibilityTests {

    @Override
    protected TrackingBackend backend(String baseUrl) {
        return DubBackend.builder(SECRET)
                .domain("go.shop.example")
                .leadMode(LeadMode.DEFERRED)
                .baseUrl(baseUrl)
                .build();
    }
}
