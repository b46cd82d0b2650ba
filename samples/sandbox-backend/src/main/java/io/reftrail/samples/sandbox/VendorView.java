package io.reftrail.samples.sandbox;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a vendor can do, as {@code GET /sandbox/vendors} shows it. A rate between two stages makes sense only where a
 * vendor counts both, and numbers alone do not tell a vendor that takes no leads from one that has got none yet.
 *
 * @param counts the stages of the funnel that there can be
 * @param endpoints the kinds of calls that there can be, so that a fault can meet
 */
record VendorView(String vendor, Set<CallKind> counts, Set<CallKind> endpoints) {

    static VendorView of(Dialect dialect) {
        Set<CallKind> endpoints = EnumSet.noneOf(CallKind.class);
        dialect.endpoints().forEach(endpoint -> endpoints.add(endpoint.kind()));
        return new VendorView(dialect.name(), dialect.counts(), endpoints);
    }
}
