package io.reftrail.capture;

import io.reftrail.capture.CookieSettings.Secure;
import io.reftrail.model.DefectException;
import io.reftrail.model.InvalidSettingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signing of Reftrail's own cookie with HMAC-SHA-256, and the treatment of unsigned clicks. A valid signature proves that
 * this site's server captured the click id from a URL, at the given time and for the given vendor. It does not prove which
 * visitor clicked. Immutable; no method and no message reveals a key.
 */
public final class CookieSigning {

    /** No signing: every click id is accepted. */
    public static final CookieSigning NONE = new CookieSigning(List.of(), true, Instant.MAX, false);

    private final List<Key> keys;
    private final boolean acceptScriptCookies;
    private final Instant acceptUnsignedUntil;
    private final boolean hostPrefix;

    private CookieSigning(
            List<Key> keys, boolean acceptScriptCookies, Instant acceptUnsignedUntil, boolean hostPrefix) {
        this.keys = List.copyOf(keys);
        this.acceptScriptCookies = acceptScriptCookies;
        this.acceptUnsignedUntil = acceptUnsignedUntil;
        this.hostPrefix = hostPrefix;
    }

    /** Signs with the first key and accepts signatures of all keys. Unsigned clicks are ignored. */
    public static CookieSigning of(List<String> keys) {
        return of(keys, false, null, false);
    }

    /**
     * Signs with the first key and accepts signatures of all keys.
     *
     * @param keys the keys, each with at least 32 characters; empty keys are left out, and without any key nothing is signed
     * @param acceptScriptCookies whether a click id without a valid signature is accepted, as a vendor's page script writes it; its
     *     time is then unknown
     * @param acceptUnsignedUntil until when clicks from before the introduction of signing are accepted: unsigned cookies, and cookies
     *     without the prefix; {@code null} for never
     * @param hostPrefix whether the name of Reftrail's own cookie begins with {@code __Host-}, so that no other host of the domain can
     *     set it (RFC 6265bis, section 4.1.3.2)
     * @throws InvalidSettingException if a key can be guessed, or an option is set that needs a key
     */
    public static CookieSigning of(
            List<String> keys, boolean acceptScriptCookies, @Nullable Instant acceptUnsignedUntil, boolean hostPrefix) {
        List<Key> read = new ArrayList<>();
        for (String key : keys) {
            if (!key.isBlank()) {
                read.add(new Key(read.size() + 1, key));
            }
        }
        if (read.isEmpty()) {
            requireUnset("cookie.accept-script-cookies", acceptScriptCookies);
            requireUnset("cookie.accept-unsigned-until", acceptUnsignedUntil != null);
            requireUnset("cookie.host-prefix", hostPrefix);
            return NONE;
        }
        Instant until = acceptUnsignedUntil == null ? Instant.MIN : acceptUnsignedUntil;
        return new CookieSigning(read, acceptScriptCookies, until, hostPrefix);
    }

    private static void requireUnset(String setting, boolean set) {
        if (set) {
            throw new InvalidSettingException(
                    setting,
                    "it applies to signed cookies only, and there is no signing key",
                    "Write {prefix}cookie.signing-keys too, or leave it out.");
        }
    }

    /**
     * Checks that browsers accept a cookie with the {@code __Host-} prefix under these settings.
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

    boolean acceptsUnsigned(Instant now) {
        return now.isBefore(acceptUnsignedUntil);
    }

    boolean hasHostPrefix() {
        return hostPrefix;
    }

    /**
     * Returns the signature of a text by the first key.
     *
     * @throws IndexOutOfBoundsException if there is no key
     */
    byte[] sign(String text) {
        return keys.get(0).sign(text);
    }

    /**
     * Returns whether one of the keys made a signature. The time that this takes does not depend on where the signature differs
     * or which key made it.
     */
    boolean hasSigned(String text, byte[] signature) {
        boolean signed = false;
        for (Key key : keys) {
            signed |= MessageDigest.isEqual(key.sign(text), signature);
        }
        return signed;
    }

    /** Leaves the keys out. */
    @Override
    public String toString() {
        return "CookieSigning[keys=" + keys.size() + "]";
    }

    /** A signing key. Thread-safe. */
    static final class Key {

        /** The output length of SHA-256 in bytes: RFC 2104, section 3, discourages shorter keys. */
        private static final int MIN_LENGTH = 32;

        /** 32 random characters practically always contain more; texts made by repeating a few keys do not. */
        private static final int MIN_DISTINCT_CHARACTERS = 10;

        /** Half of the hash: the shortest truncation that RFC 2104, section 5, allows. */
        private static final int SIGNATURE_BYTES = 16;

        private static final String ALGORITHM = "HmacSHA256";
        private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7e]+");

        private final SecretKeySpec key;

        /**
         * @param number the position of the key in the list, for messages
         * @throws InvalidSettingException if the text is not usable as a key, or can be guessed; the message leaves the text out
         */
        Key(int number, String text) {
            if (text.contains("${")) {
                throw invalid(number, "is a placeholder that was never filled in");
            }
            if (!TEXT.matcher(text).matches()) {
                throw invalid(number, "has spaces or characters outside ASCII");
            }
            if (text.length() < MIN_LENGTH) {
                throw invalid(number, "is shorter than " + MIN_LENGTH + " characters");
            }
            if (text.chars().distinct().count() < MIN_DISTINCT_CHARACTERS) {
                throw invalid(number, "consists of a few characters only, and can be guessed");
            }
            this.key = new SecretKeySpec(text.getBytes(StandardCharsets.US_ASCII), ALGORITHM);
        }

        private static InvalidSettingException invalid(int number, String problem) {
            return new InvalidSettingException(
                    "cookie.signing-keys",
                    "key number " + number + " " + problem,
                    "Write " + MIN_LENGTH + " or more random characters for each key, for instance what"
                            + " 'openssl rand -base64 32' prints.");
        }

        byte[] sign(String text) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
                return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), SIGNATURE_BYTES);
            } catch (GeneralSecurityException impossible) {
                throw new DefectException("no security provider has " + ALGORITHM, impossible);
            }
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
