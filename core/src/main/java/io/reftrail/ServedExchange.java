package io.reftrail;

import io.reftrail.capture.CookieExchange;
import org.jspecify.annotations.Nullable;

/** The exchange that the current thread serves, while a filter says so. Each {@link Reftrail} has its own: there may be several. */
final class ServedExchange {

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<CookieExchange> current = new ThreadLocal<>();

    @Nullable
    CookieExchange current() {
        return current.get();
    }

    Reftrail.Serving serve(CookieExchange exchange) {
        CookieExchange outer = current.get();
        current.set(exchange);
        return () -> {
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
        };
    }
}
