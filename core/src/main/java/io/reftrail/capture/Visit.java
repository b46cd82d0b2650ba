package io.reftrail.capture;

import org.jspecify.annotations.Nullable;

/**
 * A landing, as far as a click is reported with it.
 *
 * @param url the address that the visitor opened, absolute, with its query, or {@code null} if unknown
 * @param referrer the {@code Referer} header, or {@code null}
 * @param rawQuery the query of the address, or {@code null}
 * @param prefetch whether the browser loads the page ahead of the visitor: then nobody has clicked yet
 */
public record Visit(
        @Nullable String url,
        @Nullable String referrer,
        @Nullable String rawQuery,
        boolean prefetch) {

    /** A visit of which nothing is known. */
    public static final Visit UNKNOWN = new Visit(null, null, null, false);

    /** Returns this visit as one that the browser makes ahead of the visitor. */
    public Visit prefetched() {
        return new Visit(url, referrer, rawQuery, true);
    }

    /** Leaves addresses out: links carry tokens. */
    @Override
    public String toString() {
        return "Visit[prefetch=" + prefetch + "]";
    }
}
