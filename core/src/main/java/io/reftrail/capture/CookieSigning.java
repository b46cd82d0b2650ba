package io.reftrail.capture;

import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.model.InvalidSettingException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether our own cookie beside a vendor's is signed, with HMAC-SHA-256, and what then becomes of a click that nobody has signed.
 * A signature says that this site's server has seen the click id in a URL, when, and for which vendor; it does not say which
 * visitor has seen it. Immutable; never shows a key.
 */
public final class CookieSigning {

    /** Nothing is signed, and every click id counts. */
    public static final CookieSigning NONE = new CookieSigning(List.of(), true, Instant.MAX, false);

    private final List<SigningKey> keys;
    private final boolean acceptScriptCookies;
    private final Instant acceptUnsignedUntil;
    private final boolean hostPrefix;

    private CookieSigning(
            List<SigningKey> keys, boolean acceptScriptCookies, Instant acceptUnsignedUntil, boolean hostPrefix) {
        this.keys = List.copyOf(keys);
        this.acceptScriptCookies = acceptScriptCookies;
        this.acceptUnsignedUntil = acceptUnsignedUntil;
        this.hostPrefix = hostPrefix;
    }

    /** Signs with the first key and takes what any of them has signed; clicks that nobody has signed do not count. */
    public static CookieSigning of(List<String> keys) {
        return of(keys, false, null, false);
    }

    /**
     * Signs with the first key and takes what any of them has signed.
     *
     * @param keys 32 characters or more each; empty ones are left out, and without any nothing is signed
     * @param acceptScriptCookies whether a click id without a valid signature counts all the same, as one that the vendor's own
     *     page script has written; when it was clicked is then unknown
     * @param acceptUnsignedUntil until when clicks of before count: those that nobody has signed, and our own cookies without the
     *     prefix; {@code null} for never
     * @param hostPrefix whether our own cookie's name begins with {@code __Host-}, so that no other host of the same domain can
     *     set it (RFC 6265bis, section 4.1.3.2)
     * @throws InvalidSettingException if a key can be guessed, or something is asked for that needs a key
     */
    public static CookieSigning of(
            List<String> keys, boolean acceptScriptCookies, @Nullable Instant acceptUnsignedUntil, boolean hostPrefix) {
        List<SigningKey> read = new ArrayList<>();
        for (String key : keys) {
            if (!key.isBlank()) {
                read.add(new SigningKey(read.size() + 1, key));
            }
        }
        if (read.isEmpty()) {
            requireUnasked("cookie.accept-script-cookies", acceptScriptCookies);
            requireUnasked("cookie.accept-unsigned-until", acceptUnsignedUntil != null);
            requireUnasked("cookie.host-prefix", hostPrefix);
            return NONE;
        }
        Instant until = acceptUnsignedUntil == null ? Instant.MIN : acceptUnsignedUntil;
        return new CookieSigning(read, acceptScriptCookies, until, hostPrefix);
    }

    private static void requireUnasked(String setting, boolean asked) {
        if (asked) {
            throw new InvalidSettingException(
                    setting,
                    "it says how signed cookies are treated, and none is signed",
                    "Write {prefix}cookie.signing-keys too, or leave it out.");
        }
    }

    /**
     * Makes sure that browsers take a cookie with the prefix.
     *
     * @throws InvalidSettingException if there is a domain or another path, or if {@code Secure} may be missing
     */
    public void requireFit(CookieSettings cookies) {
        if (hostPrefix
                && (cookies.domain() != null || !cookies.path().equals("/") || cookies.secure() != Secure.ALWAYS)) {
            throw new InvalidSettingException(
                    "cookie.host-prefix",
                    "browsers refuse a cookie named __Host- that has a domain, another path than '/', or is not Secure",
                    "Write {prefix}cookie.secure=always and leave cookie.domain and cookie.path out,"
                            + " or leave {prefix}cookie.host-prefix out.");
        }
    }

    boolean isOn() {
        return !keys.isEmpty();
    }

    boolean acceptsScriptCookies() {
        return acceptScriptCookies;
    }

    boolean acceptsCookiesOfBefore(Instant now) {
        return now.isBefore(acceptUnsignedUntil);
    }

    boolean hasHostPrefix() {
        return hostPrefix;
    }

    /** @throws IndexOutOfBoundsException if nothing is signed */
    byte[] sign(String text) {
        return keys.get(0).sign(text);
    }

    /** Whether one of the keys has made a signature. Takes the same time wherever it differs, and whichever key it was. */
    boolean hasSigned(String text, byte[] signature) {
        boolean signed = false;
        for (SigningKey key : keys) {
            signed |= MessageDigest.isEqual(key.sign(text), signature);
        }
        return signed;
    }

    /** Leaves the keys out. */
    @Override
    public String toString() {
        return "CookieSigning[keys=" + keys.size() + "]";
    }
}
