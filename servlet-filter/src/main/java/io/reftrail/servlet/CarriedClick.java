package io.reftrail.servlet;

import io.reftrail.capture.ReferralCapture;
import io.reftrail.model.RedactedFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a request may bring a click along in its cookies: what else is done for visitors whom a partner has brought is
 * done only then. Allocates nothing for a request whose cookies come in one header line.
 */
final class CarriedClick {

    private static final Logger logger = LoggerFactory.getLogger(ReferralCaptureFilter.class);

    private final ReferralCapture capture;

    CarriedClick(ReferralCapture capture) {
        this.capture = capture;
    }

    /** Never throws. */
    boolean isIn(HttpServletRequest request) {
        try {
            String first = request.getHeader("Cookie");
            if (first == null || capture.mayHoldClick(first)) {
                return first != null;
            }
            return mayHaveSeveralLines(request) && isInAny(request.getHeaders("Cookie"));
        } catch (RuntimeException failure) {
            logger.warn("A request's cookies could not be read", RedactedFailure.of(failure));
            return false;
        }
    }

    /** Newer protocols may cut cookies into many lines (RFC 9113, section 8.2.3; RFC 9114, section 4.2.1). */
    private static boolean mayHaveSeveralLines(HttpServletRequest request) {
        String protocol = request.getProtocol();
        return protocol != null && !protocol.startsWith("HTTP/1.");
    }

    private boolean isInAny(@Nullable Enumeration<String> lines) {
        while (lines != null && lines.hasMoreElements()) {
            if (capture.mayHoldClick(lines.nextElement())) {
                return true;
            }
        }
        return false;
    }
}
