package io.reftrail.samples.sandbox;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** One call to a vendor endpoint, reduced to what the contracts look at. */
record VendorCall(HttpHeaders headers, JsonBody body) {

    @Nullable
    String header(String name) {
        return headers.getFirst(name);
    }
}
