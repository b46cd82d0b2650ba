package io.reftrail.samples.sandbox;

import java.util.function.Function;
import org.springframework.http.HttpMethod;

/** One documented endpoint of a vendor and what answers there. */
record Endpoint(HttpMethod method, String path, Function<VendorCall, Answer> handler) {

    static Endpoint post(String path, Function<VendorCall, Answer> handler) {
        return new Endpoint(HttpMethod.POST, path, handler);
    }
}
