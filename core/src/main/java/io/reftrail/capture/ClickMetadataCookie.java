package io.reftrail.capture;

import io.reftrail.model.DefectException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reftrail's own cookie beside a vendor's cookie. It stores what the vendor's cookie has no room for: the time of the click and, for
 * a click that is exchanged, its key, the partner's code, and the other details of the vendor's answer.
 *
 * <p>The value is bound to the click id in the vendor's cookie by a hash. A click id that a page script writes later does not
 * match the hash, so it is not taken for the older click. With signing keys the value is {@code <signature>*<text>}, where the
 * signature covers the text and the cookie's name. The signature stands first, so that a release without signing rejects the
 * whole value instead of reading a part of it. Thread-safe.
 */
final class ClickMetadataCookie {

    private static final String HOST_PREFIX = "__Host-";

    private static final Pattern SIGNED = Pattern.compile("(?<signature>[A-Za-z0-9_-]{22})\\*(?<text>.+)");

    /** The largest number of clicks that are marked as used. */
    private static final int MOST_USED = 8;

    private static final Pattern USED =
            Pattern.compile("([0-9a-f]{32}|[0-9a-f]{1,8})(\\.([0-9a-f]{32}|[0-9a-f]{1,8})){0,7}");

    private final CookieSigning signing;
    private final Clock clock;

    ClickMetadataCookie(CookieSigning signing, Clock clock) {
        this.signing = signing;
        this.clock = clock;
    }

    /** Returns the name under which the cookie is written. */
    String name(CaptureRule rule) {
        return signing.hasHostPrefix() ? HOST_PREFIX + rule.metadataCookie() : rule.metadataCookie();
    }

    /** Returns the name of the cookie with the hashes of the clicks that this browser has used. */
    String usedName(CaptureRule rule) {
        return signing.hasHostPrefix() ? HOST_PREFIX + rule.usedCookie() : rule.usedCookie();
    }

    /** Returns the value that marks clicks as used, given by their hashes, the newest first. */
    String formatUsed(CaptureRule rule, Collection<String> hashes) {
        return signed(rule, hashes.stream().limit(MOST_USED).collect(Collectors.joining(".")));
    }

    /** Returns the hashes in a value; none if Reftrail did not write it. */
    List<String> parseUsed(CaptureRule rule, String value) {
        String text = value;
        if (signing.isOn()) {
            Matcher signed = SIGNED.matcher(value);
            text = signed.matches() && isSigned(rule, signed) ? signed.group("text") : "";
        }
        return USED.matcher(text).matches() ? List.of(text.split("\\.", -1)) : List.of();
    }

    /** Returns the names under which the cookie is read and expired; the name under which it is written comes first. */
    List<String> names(CaptureRule rule) {
        return signing.hasHostPrefix() && acceptsUnsigned()
                ? List.of(name(rule), rule.metadataCookie())
                : List.of(name(rule));
    }

    private boolean acceptsUnsigned() {
        return signing.acceptsUnsigned(clock.instant());
    }

    /** Returns whether a click id without this cookie is not attributed. */
    boolean isRequired() {
        return !signing.acceptsScriptCookies() && !acceptsUnsigned();
    }

    boolean isSigned() {
        return signing.isOn();
    }

    /** Returns the hash that binds a new value to a click id. */
    String bindingTo(String clickId) {
        return signing.isOn() ? strongHash(clickId) : plainHash(clickId);
    }

    /** Returns the value to write. */
    String format(CaptureRule rule, ClickMetadata metadata) {
        return signed(rule, metadata.text());
    }

    private String signed(CaptureRule rule, String text) {
        if (!signing.isOn()) {
            return text;
        }
        byte[] signature = signing.sign(signedText(rule, text));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature) + "*" + text;
    }

    /** Returns the content of a value, or {@code null} if Reftrail did not write it or the signature is missing or wrong. */
    @Nullable
    ClickMetadata parse(CaptureRule rule, String value) {
        Matcher signed = SIGNED.matcher(value);
        if (!signed.matches()) {
            return !signing.isOn() || acceptsUnsigned() ? ClickMetadata.parse(value) : null;
        }
        String text = signed.group("text");
        ClickMetadata metadata = ClickMetadata.parse(text);
        if (metadata == null || !signing.isOn()) {
            return metadata;
        }
        return metadata.isStronglyBound() && isSigned(rule, signed) ? metadata : null;
    }

    private boolean isSigned(CaptureRule rule, Matcher signed) {
        byte[] signature = Base64.getUrlDecoder().decode(signed.group("signature"));
        return signing.hasSigned(signedText(rule, signed.group("text")), signature);
    }

    /** Backend names and cookie values contain no line breaks, so the parts cannot run into each other. */
    private static String signedText(CaptureRule rule, String text) {
        return "reftrail metadata 1\n" + rule.metadataCookie() + "\n" + text;
    }

    /** Returns a short hash for unsigned values. It detects a replaced click id, but gives no protection against forgery. */
    static String plainHash(String clickId) {
        return Integer.toHexString(clickId.hashCode());
    }

    /** Returns a collision-resistant hash for signed values, where the signature covers the hash in place of the click id. */
    static String strongHash(String clickId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(clickId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ClickMetadata.STRONG_HASH_LENGTH / 2);
        } catch (NoSuchAlgorithmException impossible) {
            throw new DefectException("no security provider has SHA-256", impossible);
        }
    }

    /**
     * The content of the cookie.
     *
     * @param clickedAt the time of the click, to the second
     * @param awaitsClickId whether the click is being exchanged for a click id
     * @param binding the hash of the click id; while the click is pending, the hash of the click id before it, or {@code null} if
     *     there was none
     * @param key the key of an exchanged click, or {@code null}
     * @param code the partner's code of an exchanged click, or {@code null}
     * @param details the details of the vendor's answer with the click id that the hash binds, by name
     */
    record ClickMetadata(
            Instant clickedAt,
            boolean awaitsClickId,
            @Nullable String binding,
            @Nullable String key,
            @Nullable String code,
            Map<String, String> details) {

        /** 128 bits in hexadecimal digits. */
        private static final int STRONG_HASH_LENGTH = 32;

        private static final Pattern TEXT = Pattern.compile(
                "(?<seconds>\\d{1,10})((?<pending>!)|\\.)"
                        + "((?<binding>[0-9a-f]{32}|[0-9a-f]{1,8})([+](?<details>[^~]{1,1000}))?)?(~(?<key>[0-9a-f-]{36})~(?<code>.+))?");

        /** A value that can be kept. */
        private static final Pattern VALUE = Pattern.compile("[!-~]+");

        private static final int MOST_DETAILS = 1_000;

        /** Returns the content of an unsigned value, or {@code null} if it has another form. */
        static @Nullable ClickMetadata parse(String value) {
            Matcher text = TEXT.matcher(value);
            if (!text.matches()) {
                return null;
            }
            boolean pending = text.group("pending") != null;
            if (text.group(pending ? "key" : "binding") == null) {
                return null;
            }
            Instant clickedAt = Instant.ofEpochSecond(Long.parseLong(text.group("seconds")));
            Map<String, String> details = details(text.group("details"));
            return details == null || !hasRoomFor(details)
                    ? null
                    : new ClickMetadata(
                            clickedAt, pending, text.group("binding"), text.group("key"), text.group("code"), details);
        }

        /** Returns the metadata of a click whose id is known. */
        static ClickMetadata of(Instant clickedAt, String binding) {
            return new ClickMetadata(clickedAt, false, binding, null, null, Map.of());
        }

        /** Returns the metadata of a click that is being exchanged. */
        static ClickMetadata pending(Instant clickedAt, @Nullable String bindingBefore, String key, String code) {
            return new ClickMetadata(clickedAt, true, bindingBefore, key, code, Map.of());
        }

        /** Returns this metadata, bound to the click id that the click was exchanged for. */
        ClickMetadata boundTo(String binding) {
            return new ClickMetadata(clickedAt, false, binding, key, code, Map.of());
        }

        /** Returns this metadata with the details of the vendor's answer. */
        ClickMetadata with(Map<String, String> details) {
            return new ClickMetadata(
                    clickedAt, awaitsClickId, binding, key, code, binding == null ? Map.of() : details);
        }

        /** Returns whether a cookie has room for these details. */
        static boolean hasRoomFor(Map<String, String> details) {
            return text(details).length() <= MOST_DETAILS
                    && details.values().stream()
                            .allMatch(value -> VALUE.matcher(value).matches());
        }

        private static String text(Map<String, String> details) {
            return new TreeMap<>(details)
                    .entrySet().stream()
                            .map(detail -> form(detail.getKey()) + "=" + form(detail.getValue()))
                            .collect(Collectors.joining("&"));
        }

        private static String form(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }

        private static @Nullable Map<String, String> details(@Nullable String text) {
            Map<String, String> details = new TreeMap<>();
            for (String detail : text == null ? new String[0] : text.split("&", -1)) {
                int equals = detail.indexOf('=');
                String name = PercentEncoding.decode(detail.substring(0, Math.max(0, equals)));
                String value = PercentEncoding.decode(detail.substring(equals + 1));
                if (name == null
                        || name.isEmpty()
                        || value == null
                        || !VALUE.matcher(value).matches()) {
                    return null;
                }
                details.put(name, value);
            }
            return details;
        }

        boolean hasStrongHash() {
            return binding != null && binding.length() == STRONG_HASH_LENGTH;
        }

        /** Returns whether finding another click id with the same hash is infeasible. */
        boolean isStronglyBound() {
            return binding == null || hasStrongHash();
        }

        String text() {
            return clickedAt.getEpochSecond()
                    + (awaitsClickId ? "!" : ".")
                    + (binding == null ? "" : binding)
                    + (details.isEmpty() ? "" : "+" + text(details))
                    + (key == null ? "" : "~" + key + "~" + code);
        }
    }
}
