package io.reftrail.backend;

import java.net.URI;
import java.util.Map;

/**
 * One HTTP request to a backend.
 *
 * @param method the HTTP method
 * @param uri the URI
 * @param headers the headers, credentials included
 * @param body the JSON body
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, String body) {

    /** Copies the headers. */
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** Leaves out headers and body, which hold the key and personal data. */
    @Override
    public String toString() {
        return method + " " + uri;
    }
}
