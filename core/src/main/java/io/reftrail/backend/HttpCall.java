package io.reftrail.backend;

import java.net.URI;
import java.util.Map;

/**
 * One HTTP request to a backend.
 *
 * @param method the HTTP method
 * @param uri the URI
 * @param headers the headers, credentials included
 * @param body the body, or the empty string for none
 * @param contentType the media type of the body
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, String body, String contentType) {

    /** The media type of JSON. */
    public static final String JSON = "application/json";

    /** The media type of a form. */
    public static final String FORM = "application/x-www-form-urlencoded";

    /** Copies the headers. */
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** Creates a call with a body of JSON. */
    public HttpCall(String method, URI uri, Map<String, String> headers, String body) {
        this(method, uri, headers, body, JSON);
    }

    /** Leaves out headers, path, query and body, which hold the key and personal data. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
