package io.reftrail.servlet;

import io.reftrail.model.InvalidSettingException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a visitor's click may be kept. Asked, on the request's thread, only for requests that carry a captured parameter or a
 * cookie that can hold a click: so it may be asked for each page of a visitor whom a partner has brought, and should be cheap.
 * If it throws or has no answer, nothing is kept and the request goes on as it came.
 */
@FunctionalInterface
public interface ConsentPolicy {

    /** Keeps every click. The default: whether consent is needed is for the site to know. */
    ConsentPolicy ALWAYS = request -> Consent.GRANTED;

    /** Takes {@code Sec-GPC: 1} (Global Privacy Control) for a refusal, everything else for consent. */
    ConsentPolicy GLOBAL_PRIVACY_CONTROL =
            request -> "1".equals(request.getHeader("Sec-GPC")) ? Consent.REFUSED : Consent.GRANTED;

    /** A visitor's decision. */
    enum Consent {
        /** The click is kept. */
        GRANTED,
        /** Nothing is kept; the parameters are stripped, and a click that was kept before is forgotten. */
        REFUSED,
        /** Nothing is kept; the parameters stay in the URL, so that the click can be captured after the decision. */
        PENDING
    }

    /** Returns the visitor's decision. Must not read the request's body or parameters. */
    Consent decide(HttpServletRequest request);

    /**
     * Returns a policy that asks both, and goes by the stricter answer: a refusal by either is one, and consent takes both. The
     * other is not asked where this one refuses.
     */
    default ConsentPolicy and(ConsentPolicy other) {
        return request -> {
            Consent first = decide(request);
            if (first == Consent.REFUSED) {
                return first;
            }
            Consent second = other.decide(request);
            return second == Consent.GRANTED ? first : second;
        };
    }

    /**
     * Returns a policy that reads the cookie of a consent tool which writes it once the visitor has decided: granted where the
     * pattern is found in the cookie's value, refused where it is not, pending while there is no cookie.
     *
     * @param name the cookie's name
     * @param granted searched in the value, whose percent-encoding has been decoded
     * @see #cookie(String, Pattern, Pattern)
     */
    static ConsentPolicy cookie(String name, Pattern granted) {
        return new CookieConsentPolicy(name, new CookieConsentPolicy.Patterns(granted, null));
    }

    /**
     * Returns a policy that reads the cookie of a consent tool which writes it before the visitor has decided, too: refused where
     * the one pattern is found in its value, granted where only the other is, pending where neither is or there is no cookie.
     * Where a browser sends several cookies of the name, the strictest answer counts. A value longer than 4,096 characters, which
     * no browser keeps, or one that a pattern takes too long for, is pending.
     *
     * @param name the cookie's name
     * @param granted searched in the value, whose percent-encoding has been decoded
     * @param refused searched as well, and before
     */
    static ConsentPolicy cookie(String name, Pattern granted, Pattern refused) {
        return new CookieConsentPolicy(name, new CookieConsentPolicy.Patterns(granted, refused));
    }

    /**
     * Returns a policy that reads a TC string of IAB Europe's Transparency and Consent Framework, version 2: granted where the
     * visitor consents to all the given purposes, refused where not, pending while there is no string that can be read. The
     * purposes are those of the core segment; vendors are not looked at, because it is the site itself that keeps the click.
     *
     * @param cookie the cookie that the site's consent tool keeps the string in, often {@code euconsent-v2}: the specification
     *     leaves it to the tool
     * @param purposes numbers of purposes, such as 1, "store and/or access information on a device"
     * @throws InvalidSettingException if there is no purpose, or one is not between 1 and 24
     */
    static ConsentPolicy tcf(String cookie, Set<Integer> purposes) {
        return new CookieConsentPolicy(cookie, new TcfPurposes(purposes));
    }
}
