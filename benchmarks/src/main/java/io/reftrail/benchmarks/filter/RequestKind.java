package io.reftrail.benchmarks.filter;

import io.reftrail.benchmarks.site.Requests;
import org.jspecify.annotations.Nullable;

/** Requests that have nothing for the filter. */
public enum RequestKind {
    /** Neither a query nor a cookie. */
    NO_QUERY("no query, no cookie", null, null),
    /** A query of 200 bytes without a parameter of any backend. */
    QUERY("200 bytes of query without a match", Requests.QUERY, null),
    /** Ten cookies, none of which holds a click. */
    COOKIES("ten cookies without a click", null, Requests.COOKIES);

    private final String title;
    private final @Nullable String query;
    private final @Nullable String cookies;

    RequestKind(String title, @Nullable String query, @Nullable String cookies) {
        this.title = title;
        this.query = query;
        this.cookies = cookies;
    }

    String title() {
        return title;
    }

    PlainRequest request() {
        return new PlainRequest(query, cookies);
    }

    /** Returns it as it goes over the wire, for a path that ends with a slash. */
    String onTheWire(String path) {
        return Requests.get(query == null ? path : path + "?" + query, cookies == null ? "" : cookies);
    }
}
