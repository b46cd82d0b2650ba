package io.reftrail.samples.sandbox;

import java.util.function.Function;
import org.springframework.http.HttpMethod;

/** One documented endpoint of a vendor and what answers there; the path is below the vendor's base URL. */
record Endpoint(HttpMethod method, String path, CallKind kind, Function<VendorCall, Answer> handler) {

    static Endpoint post(String path, CallKind kind, Function<VendorCall, Answer> handler) {
        return new Endpoint(HttpMethod.POST, path, kind, handler);
    }

    static Endpoint get(String path, Function<VendorCall, Answer> handler) {
        return new Endpoint(HttpMethod.GET, path, CallKind.READ, handler);
    }
}
