package io.reftrail.capture;

import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Ad;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.journey.Touch.Utm;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of the cookie with a visitor's touches: {@code <version><touch>!<touch>!…}, each touch as fields that are separated by
 * tildes. With signing keys {@code <signature>*} precedes it, and the signature covers the text and the cookie's name. If the
 * text is too long, parts are left out in this order: click ids of networks, {@code utm_term} and {@code utm_content}, landing
 * paths, then touches between the first and the last one, direct ones before others. Thread-safe.
 */
final class TouchCookie {

    /** The name without a prefix. No backend's metadata cookie has it, because their names continue with an underscore. */
    static final String NAME = "_reftrail-touches";

    /** The longest value; with the name, the cookie stays below a kilobyte. */
    static final int LONGEST = 980;

    /** The largest number of touches. */
    static final int MOST = 12;

    private static final String HOST_PREFIX = "__Host-";

    /** A cookie with another version comes from another release, and is ignored. */
    private static final String VERSION = "1";

    private static final int SIGNATURE_LENGTH = 22;

    /** The longest fields, as they are encoded. */
    private static final int LONGEST_TEXT = 64;

    private static final int LONGEST_PATH = 80;
    private static final int LONGEST_CLICK_ID = 200;

    /** The longest host of a touch; longer names lose labels at the front, which say least. */
    static final int LONGEST_HOST = 64;

    /** The letters of the origins, in their order. */
    private static final String ORIGINS = "somawhdcb";

    /** The longest time, in digits to the base of 36: eight digits hold more than any clock shows. */
    private static final int LONGEST_TIME = 8;

    private static final int FIELDS = 13;

    private final CookieSigning signing;
    private final Referrers referrers;

    TouchCookie(CookieSigning signing, Referrers referrers) {
        this.signing = signing;
        this.referrers = referrers;
    }

    String name() {
        return signing.hasHostPrefix() ? HOST_PREFIX + NAME : NAME;
    }

    /** Returns the value for one or more touches, which are in order of time. */
    String format(List<Touch> touches) {
        int room = LONGEST - (signing.isOn() ? SIGNATURE_LENGTH + 1 : 0);
        String text = VERSION + fitting(touches, room - VERSION.length());
        return signing.isOn()
                ? Base64.getUrlEncoder().withoutPadding().encodeToString(signing.sign(signedText(text))) + "*" + text
                : text;
    }

    private static String fitting(List<Touch> touches, int room) {
        List<Touch> kept = new ArrayList<>(touches);
        while (kept.size() > MOST) {
            dropOne(kept);
        }
        String text = text(kept);
        for (Function<Touch, Touch> shorter : SHORTER) {
            for (int i = 1; text.length() > room && i < kept.size() - 1; i++) {
                kept.set(i, shorter.apply(kept.get(i)));
                text = text(kept);
            }
        }
        while (text.length() > room && kept.size() > 2) {
            dropOne(kept);
            text = text(kept);
        }
        for (Function<Touch, Touch> shorter : SHORTER) {
            for (int i = 0; text.length() > room && i < kept.size(); i++) {
                kept.set(i, shorter.apply(kept.get(i)));
                text = text(kept);
            }
        }
        return text;
    }

    private static final List<Function<Touch, Touch>> SHORTER =
            List.of(TouchCookie::withoutClickId, TouchCookie::withoutDetails, TouchCookie::withoutPath);

    private static Touch withoutClickId(Touch touch) {
        Ad ad = touch.ad();
        return ad == null || ad.clickId() == null
                ? touch
                : with(touch, touch.landingPath(), touch.utm(), new Ad(ad.parameter(), null));
    }

    private static Touch withoutDetails(Touch touch) {
        Utm utm = touch.utm();
        return with(
                touch,
                touch.landingPath(),
                new Utm(utm.source(), utm.medium(), utm.campaign(), null, null),
                touch.ad());
    }

    private static Touch withoutPath(Touch touch) {
        return with(touch, null, touch.utm(), touch.ad());
    }

    private static Touch with(Touch touch, @Nullable String path, Utm utm, @Nullable Ad ad) {
        return new Touch(
                touch.time(), touch.origin(), touch.source(), touch.referrer(), path, utm, ad, touch.partner());
    }

    /** Drops the oldest direct touch between the first and the last one, or the oldest of all between them. */
    private static void dropOne(List<Touch> touches) {
        for (int i = 1; i < touches.size() - 1; i++) {
            if (touches.get(i).wasDirect()) {
                touches.remove(i);
                return;
            }
        }
        touches.remove(1);
    }

    private static String text(List<Touch> touches) {
        return touches.stream().map(TouchCookie::text).collect(Collectors.joining("!"));
    }

    @SuppressWarnings("EnumOrdinal") // the cookie's letters have the order of the constants
    private static String text(Touch touch) {
        Utm utm = touch.utm();
        Ad ad = touch.ad();
        Partner partner = touch.partner();
        String host = touch.referrer();
        String[] fields = {
            Long.toString(touch.time().getEpochSecond(), Character.MAX_RADIX),
            String.valueOf(ORIGINS.charAt(touch.origin().ordinal())),
            host == null || host.length() > LONGEST_HOST ? "" : host,
            encode(touch.landingPath(), LONGEST_PATH),
            encode(utm.source(), LONGEST_TEXT),
            encode(utm.medium(), LONGEST_TEXT),
            encode(utm.campaign(), LONGEST_TEXT),
            encode(utm.term(), LONGEST_TEXT),
            encode(utm.content(), LONGEST_TEXT),
            ad == null ? "" : ad.parameter(),
            ad == null || encode(ad.clickId(), Integer.MAX_VALUE).length() > LONGEST_CLICK_ID
                    ? ""
                    : encode(ad.clickId(), LONGEST_CLICK_ID),
            partner == null ? "" : encode(partner.backend(), LONGEST_TEXT),
            partner == null ? "" : encode(partner.code(), LONGEST_TEXT)
        };
        int last = fields.length;
        while (fields[last - 1].isEmpty()) {
            last--;
        }
        return String.join("~", Arrays.asList(fields).subList(0, last));
    }

    /** Encodes all but letters, digits and harmless signs, and cuts the result between two characters. */
    private static String encode(@Nullable String value, int longest) {
        if (value == null) {
            return "";
        }
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < value.length(); ) {
            int character = value.codePointAt(i);
            i += Character.charCount(character);
            String next = isPlain(character) ? Character.toString(character) : escaped(character);
            if (encoded.length() + next.length() > longest) {
                break;
            }
            encoded.append(next);
        }
        return encoded.toString();
    }

    private static String escaped(int character) {
        if (character == ' ') {
            return "+";
        }
        StringBuilder escaped = new StringBuilder();
        for (byte octet : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            escaped.append(String.format(Locale.ROOT, "%%%02X", octet));
        }
        return escaped.toString();
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-._/:@=&$|".indexOf(c) >= 0;
    }

    /** Backend names and cookie values contain no line breaks, so the parts cannot run into each other. */
    private static String signedText(String text) {
        return "reftrail touches 1\n" + NAME + "\n" + text;
    }

    /**
     * Returns the touches of a value in order of time. Broken touches are left out. A value of another version, or without a
     * required signature, has none.
     *
     * @param from the earliest time of a touch that counts
     * @param to the latest one
     */
    List<Touch> parse(String value, Instant from, Instant to) {
        if (value.length() > LONGEST) {
            return List.of();
        }
        int mark = value.indexOf('*');
        String text = value.substring(mark + 1);
        if (signing.isOn() && !(mark < 0 ? signing.acceptsUnsigned(to) : isSigned(value.substring(0, mark), text))) {
            return List.of();
        }
        if (!text.startsWith(VERSION)) {
            return List.of();
        }
        List<Touch> touches = new ArrayList<>();
        for (String part : text.substring(VERSION.length()).split("!", MOST + 1)) {
            Touch touch = touch(part);
            if (touch != null && !touch.time().isBefore(from) && !touch.time().isAfter(to) && touches.size() < MOST) {
                touches.add(touch);
            }
        }
        touches.sort(Comparator.comparing(Touch::time));
        return touches;
    }

    private boolean isSigned(String signature, String text) {
        try {
            return signature.length() == SIGNATURE_LENGTH
                    && signing.hasSigned(
                            signedText(text), Base64.getUrlDecoder().decode(signature));
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    private @Nullable Touch touch(String text) {
        String[] fields = Arrays.copyOf(text.split("~", FIELDS), FIELDS);
        @Nullable String[] values = new String[FIELDS];
        for (int i = 0; i < FIELDS; i++) {
            if (fields[i] != null && !fields[i].isEmpty()) {
                values[i] = decode(fields[i]);
                if (values[i] == null) {
                    return null;
                }
            }
        }
        Instant time = time(values[0]);
        Origin origin = origin(values[1]);
        String host = values[2];
        if (time == null || origin == null || (host != null && !host.equals(Referrers.host("https://" + host)))) {
            return null;
        }
        Utm utm = new Utm(values[4], values[5], values[6], values[7], values[8]);
        Ad ad = values[9] == null ? null : new Ad(values[9], values[10]);
        if (ad != null && !AdNetworks.isParameter(ad.parameter())) {
            return null;
        }
        Partner partner = values[11] == null ? null : new Partner(values[11], values[12]);
        String source = source(origin, host, utm, ad, partner);
        return new Touch(time, origin, source, host, values[3], utm, ad, partner);
    }

    /** Returns the source of a touch; it is not in the cookie, because it follows from the other fields. */
    String source(Origin origin, @Nullable String host, Utm utm, @Nullable Ad ad, @Nullable Partner partner) {
        if (utm.source() != null && !utm.source().isBlank()) {
            return utm.source();
        }
        if (partner != null) {
            return partner.backend();
        }
        if (ad != null) {
            return AdNetworks.name(ad.parameter());
        }
        if (host != null) {
            return referrers.place(host).name();
        }
        return origin == Origin.DIRECT ? Touch.DIRECT_SOURCE : origin.text();
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null || text.length() > LONGEST_TIME || "+-".indexOf(text.charAt(0)) >= 0
                    ? null
                    : Instant.ofEpochSecond(Long.parseLong(text, Character.MAX_RADIX));
        } catch (NumberFormatException | DateTimeException none) {
            return null;
        }
    }

    @SuppressWarnings("EnumOrdinal") // the cookie's letters have the order of the constants
    private static @Nullable Origin origin(@Nullable String letter) {
        int index = letter == null || letter.length() != 1 ? -1 : ORIGINS.indexOf(letter);
        return index < 0 ? null : Origin.values()[index];
    }

    /** Returns {@code null} for what this class does not write: control characters, only blanks, broken escapes, broken UTF-8. */
    private static @Nullable String decode(String field) {
        String value = PercentEncoding.decode(field);
        return value == null || value.isBlank() || value.chars().anyMatch(TouchCookie::isForbidden) ? null : value;
    }

    static boolean isForbidden(int c) {
        return Character.isISOControl(c) || c == '\ufffd';
    }
}
