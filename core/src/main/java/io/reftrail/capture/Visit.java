package io.reftrail.capture;

import org.jspecify.annotations.Nullable;

/**
 * The landing that is reported with a click.
 *
 * @param url the absolute address of the landing page with its query, or {@code null} if unknown
 * @param referrer the {@code Referer} header, or {@code null}
 * @param rawQuery the query of the address, or {@code null}
 * @param prefetch whether the browser loads the page in advance and the visitor has not clicked yet
 */
public record Visit(
        @Nullable String url,
        @Nullable String referrer,
        @Nullable String rawQuery,
        boolean prefetch) {

    /** A visit without any details. */
    public static final Visit UNKNOWN = new Visit(null, null, null, false);

    /** Returns this visit, marked as a prefetch. */
    public Visit prefetched() {
        return new Visit(url, referrer, rawQuery, true);
    }

    /** Leaves addresses out: links carry tokens. */
    @Override
    public String toString() {
        return "Visit[prefetch=" + prefetch + "]";
    }
}
