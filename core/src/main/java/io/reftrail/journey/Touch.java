package io.reftrail.journey;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A visit from outside the site: where the visitor came from, what the link said, and where it led to. Visits within one session
 * of 30 minutes are one touch.
 *
 * @param time when the visitor came, to the second
 * @param origin the class of the place that the visitor came from
 * @param source the name by which touches are grouped: {@code utm_source}, or else the vendor of a partner link, the advertising
 *     network, the referrer's name or host, or {@code direct}; never blank
 * @param referrer the host of the referring page in lower case, or {@code null} if the browser did not send it
 * @param landingPath the path of the landing page without its query, or {@code null} if unknown
 * @param utm the campaign parameters of the link
 * @param ad the click id of an advertising network, or {@code null}
 * @param partner the partner of the link, or {@code null} if it was not a partner link
 */
public record Touch(
        Instant time,
        Origin origin,
        String source,
        @Nullable String referrer,
        @Nullable String landingPath,
        Utm utm,
        @Nullable Ad ad,
        @Nullable Partner partner)
        implements Serializable {

    /** The source of a visitor who typed the address or used a bookmark. */
    public static final String DIRECT_SOURCE = "direct";

    /** The classes of places that visitors come from. */
    public enum Origin {
        /** A search engine. */
        SEARCH,
        /** A social network. */
        SOCIAL,
        /** A mail service in the browser, or a mail app. */
        MAIL,
        /** An assistant that uses a language model. */
        AI_ASSISTANT,
        /** Another site. */
        SITE,
        /** Another site or an app that does not say which, for instance by its {@code Referrer-Policy}. */
        HIDDEN,
        /** No other site: the visitor typed the address, used a bookmark, or opened the link from a program. */
        DIRECT,
        /** Not a visit: the customer gave a code in a form. */
        CODE,
        /** Not a visit: the customer was attributed by hand. */
        BY_HAND;

        /** Returns the name as it appears in tables and exports, for example {@code ai-assistant}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * Returns the origin with the given {@linkplain #text() text}.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Origin of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * The campaign parameters of a link. Each is {@code null} if the link has no such parameter, and is truncated if it is too
     * long.
     *
     * @param source {@code utm_source}
     * @param medium {@code utm_medium}
     * @param campaign {@code utm_campaign}
     * @param term {@code utm_term}
     * @param content {@code utm_content}
     */
    public record Utm(
            @Nullable String source,
            @Nullable String medium,
            @Nullable String campaign,
            @Nullable String term,
            @Nullable String content)
            implements Serializable {

        /** No parameter. */
        public static final Utm NONE = new Utm(null, null, null, null, null);
    }

    /**
     * The click id that an advertising network has added to the link.
     *
     * @param parameter the query parameter, for example {@code gclid}
     * @param clickId its value, or {@code null} if it was too long to be kept
     */
    public record Ad(String parameter, @Nullable String clickId) implements Serializable {}

    /**
     * The partner of a partner link.
     *
     * @param backend the name of the vendor's backend
     * @param code the partner's code, or {@code null} if the link carried a click id
     */
    public record Partner(String backend, @Nullable String code) implements Serializable {}

    /** @throws IllegalArgumentException if the source is blank */
    public Touch {
        Objects.requireNonNull(time, "time");
        if (source.isBlank()) {
            throw new IllegalArgumentException("source is blank");
        }
    }

    /**
     * Creates a touch that is not a visit: a code that the customer has given, or an attribution by hand.
     *
     * @param time the time, which is truncated to the second
     */
    public static Touch ofPartner(Instant time, Origin origin, Partner partner) {
        return new Touch(
                time.truncatedTo(ChronoUnit.SECONDS), origin, partner.backend(), null, null, Utm.NONE, null, partner);
    }

    /** Returns whether the visit has no known source: no other site, no campaign, no advertisement and no partner. */
    public boolean wasDirect() {
        return origin == Origin.DIRECT && !hasMark();
    }

    /**
     * Returns whether the link itself names its source, by campaign parameters, an advertising network's click id, or a partner.
     */
    public boolean hasMark() {
        return !utm.equals(Utm.NONE) || ad != null || partner != null;
    }

    /** Returns a description without the values, which come from links that others write. */
    @Override
    public String toString() {
        return "Touch[time=" + time + ", origin=" + origin + "]";
    }
}
