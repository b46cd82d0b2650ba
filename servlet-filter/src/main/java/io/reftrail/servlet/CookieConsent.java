package io.reftrail.servlet;

import io.reftrail.capture.CookieHeader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a visitor's decision from a cookie. Where several of the name are sent, the strictest counts; without one, or with
 * more than browsers have, it is pending.
 */
final class CookieConsent implements ConsentPolicy {

    /** Browsers keep no cookie whose name and value are longer together (RFC 6265bis, section 5.6). */
    private static final int LONGEST = 4_096;

    /** A host has a few parent domains and a page a few parent paths; whoever sends more keeps a pattern busy. */
    private static final int MOST = 20;

    private final String name;
    private final Function<String, Consent> reading;

    /** @param reading what one value says */
    CookieConsent(String name, Function<String, Consent> reading) {
        this.name = name;
        this.reading = reading;
    }

    @Override
    public Consent decide(HttpServletRequest request) {
        List<String> values = CookieHeader.values(new ServletCookieExchange(request, null).cookieHeaders(), name);
        if (values.size() > MOST) {
            return Consent.PENDING;
        }
        Consent strictest = values.isEmpty() ? Consent.PENDING : Consent.GRANTED;
        for (String value : values) {
            Consent consent = value.length() > LONGEST ? Consent.PENDING : reading.apply(value);
            if (consent == Consent.REFUSED) {
                return consent;
            }
            strictest = consent == Consent.PENDING ? consent : strictest;
        }
        return strictest;
    }
}
