package io.reftrail.servlet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code Cache-Control} must say on a response that carries a visitor's cookie (RFC 9111, section 5.2.2). */
final class SharedCaches {

    static final String CACHE_CONTROL = "Cache-Control";
    static final String NO_STORE = "no-store";

    private SharedCaches() {}

    /** Whether a shared cache keeps its hands off a response with this header. */
    static boolean areKeptOut(@Nullable String cacheControl) {
        String directives = cacheControl == null ? "" : cacheControl.toLowerCase(Locale.ROOT);
        return directives.contains(NO_STORE) || directives.contains("private");
    }
}
