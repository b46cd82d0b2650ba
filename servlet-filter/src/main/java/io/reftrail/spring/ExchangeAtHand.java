package io.reftrail.spring;

import io.reftrail.Reftrail;
import io.reftrail.capture.CookieExchange;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;

/** The exchange that the current thread serves, by whatever framework; says once in the log where there is none. Thread-safe. */
final class ExchangeAtHand {

    private static final Logger logger = LoggerFactory.getLogger(ExchangeAtHand.class);

    private static final boolean SERVLETS = isPresent("org.springframework.web.context.request.RequestContextHolder")
            && isPresent("jakarta.servlet.http.HttpServletRequest");

    private final AtomicBoolean warned = new AtomicBoolean();
    private final String otherwise;

    /** @param otherwise what to log, once, where there is no exchange */
    ExchangeAtHand(String otherwise) {
        this.otherwise = otherwise;
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, ExchangeAtHand.class.getClassLoader());
    }

    @Nullable
    CookieExchange find(Reftrail reftrail) {
        CookieExchange served = reftrail.visits().currentExchange();
        CookieExchange exchange = served == null && SERVLETS ? Servlets.find(reftrail) : served;
        if (exchange == null && warned.compareAndSet(false, true)) {
            logger.warn(otherwise);
        }
        return exchange;
    }

    /** Loaded where there are servlets. */
    private static final class Servlets {

        private Servlets() {}

        static @Nullable CookieExchange find(Reftrail reftrail) {
            return new CurrentExchange(reftrail).find();
        }
    }
}
