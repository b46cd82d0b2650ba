package io.reftrail.servlet;

import io.reftrail.model.InvalidSettingException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A policy that decides whether a visitor's click or touch may be stored. Reftrail calls it on the request's thread: for requests
 * with a captured parameter, for touches, and for requests with a cookie of either, and therefore for each page of a referred
 * visitor. It should be fast, and may be called twice for one request. If it throws or returns {@code null}, nothing is stored and
 * the request continues unchanged.
 */
@FunctionalInterface
public interface ConsentPolicy {

    /** The default: permits every click. Whether consent is required is the site's decision. */
    ConsentPolicy ALWAYS = request -> Consent.GRANTED;

    /** Treats {@code Sec-GPC: 1} (Global Privacy Control) as a refusal, everything else as consent. */
    ConsentPolicy GLOBAL_PRIVACY_CONTROL =
            request -> "1".equals(request.getHeader("Sec-GPC")) ? Consent.REFUSED : Consent.GRANTED;

    /** A visitor's decision. */
    enum Consent {
        /** The click is stored. */
        GRANTED,
        /** Nothing is stored. The parameters are removed from the URL, and the cookies of an earlier click are expired. */
        REFUSED,
        /** Nothing is stored. The parameters stay in the URL, so that the click can be captured after the decision. */
        PENDING
    }

    /** Returns the visitor's decision. Must not read the request's body or parameters. */
    Consent decide(HttpServletRequest request);

    /**
     * Returns a policy that combines both with the stricter answer: either can refuse, and consent requires both. The other
     * policy is not called if this one refuses.
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
     * Returns a policy for a consent tool that writes its cookie when the visitor has decided: granted if the pattern is found
     * in the cookie's value, refused if not, pending without the cookie.
     *
     * @param name the cookie's name
     * @param granted the pattern to find in the percent-decoded value
     * @see #cookie(String, Pattern, Pattern)
     */
    static ConsentPolicy cookie(String name, Pattern granted) {
        return new CookieConsentPolicy(name, new CookieConsentPolicy.Patterns(granted, null));
    }

    /**
     * Returns a policy for a consent tool that also writes its cookie before the visitor has decided: refused if that pattern
     * is found in its value, granted if only the other one is, pending if neither is or without the cookie. If a browser sends
     * several cookies of the name, the strictest answer applies. A value of more than 4,096 characters, which no browser
     * stores, and a search that takes too long leave the decision pending.
     *
     * @param name the cookie's name
     * @param granted the pattern to find in the percent-decoded value
     * @param refused the pattern of a refusal, which is searched first
     */
    static ConsentPolicy cookie(String name, Pattern granted, Pattern refused) {
        return new CookieConsentPolicy(name, new CookieConsentPolicy.Patterns(granted, refused));
    }

    /**
     * Returns a policy for a TC string of IAB Europe's Transparency and Consent Framework, version 2: granted if the visitor
     * consents to all given purposes, refused if not, pending without a readable string. The purposes are those of the core
     * segment. The vendors in the string are ignored, because the site itself stores the click.
     *
     * @param cookie the cookie in which the consent tool stores the string, often {@code euconsent-v2}; the specification
     *     leaves the name to the tool
     * @param purposes numbers of purposes, such as 1, "store and/or access information on a device"
     * @throws InvalidSettingException if there is no purpose, or one is not between 1 and 24
     */
    static ConsentPolicy tcf(String cookie, Set<Integer> purposes) {
        return new CookieConsentPolicy(cookie, new TcfPurposes(purposes));
    }
}
