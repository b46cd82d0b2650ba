package io.reftrail.samples.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;

/**
 * One call to a vendor endpoint, reduced to what the contracts look at.
 *
 * @param path the values of the variables in the endpoint's path
 */
record VendorCall(HttpHeaders headers, JsonBody body, Map<String, String> path, MultiValueMap<String, String> query) {

    private static final String BEARER = "Bearer ";

    @Nullable
    String header(String name) {
        return headers.getFirst(name);
    }

    @Nullable
    String parameter(String name) {
        return query.getFirst(name);
    }

    /** The token of the header Authorization, {@code null} if there is none of the kind Bearer. */
    @Nullable
    String bearer() {
        @Nullable String value = header(HttpHeaders.AUTHORIZATION);
        return value == null || !value.startsWith(BEARER) ? null : value.substring(BEARER.length());
    }
}
