package io.reftrail.capture;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our own cookie beside a vendor's: when the click happened, bound to its click id by a hash, so that a click id that
 * somebody else wrote later is not taken for that old. Of a click that is exchanged it holds the key and the partner's code
 * as well, and no binding until the click id is in the vendor's cookie.
 *
 * @param clickedAt when, to the second
 * @param binding the hash of the click id, or {@code null} while there is none
 * @param key the key of a click that is exchanged, or {@code null}
 * @param code the partner's code of that click, or {@code null}
 */
record Companion(
        Instant clickedAt,
        @Nullable String binding,
        @Nullable String key,
        @Nullable String code) {

    private static final Pattern TEXT = Pattern.compile(
            "(?<seconds>\\d{1,10})(\\.(?<binding>[0-9a-f]{1,8}))?(~(?<key>[0-9a-f-]{36})~(?<code>.+))?");

    /** Returns what a cookie's value says, or {@code null} if it is not ours. */
    static @Nullable Companion parse(String value) {
        Matcher text = TEXT.matcher(value);
        if (!text.matches() || (text.group("binding") == null && text.group("key") == null)) {
            return null;
        }
        Instant clickedAt = Instant.ofEpochSecond(Long.parseLong(text.group("seconds")));
        return new Companion(clickedAt, text.group("binding"), text.group("key"), text.group("code"));
    }

    static Companion of(Instant clickedAt, String clickId) {
        return new Companion(clickedAt, bindingTo(clickId), null, null);
    }

    static Companion pending(Instant clickedAt, String key, String code) {
        return new Companion(clickedAt, null, key, code);
    }

    private static String bindingTo(String clickId) {
        return Integer.toHexString(clickId.hashCode());
    }

    /** Whether the click is being exchanged. */
    boolean isPending() {
        return binding == null;
    }

    boolean isBoundTo(@Nullable String clickId) {
        return clickId != null && bindingTo(clickId).equals(binding);
    }

    /** Returns this companion, bound to the click id that the click was exchanged for. */
    Companion boundTo(String clickId) {
        return new Companion(clickedAt, bindingTo(clickId), key, code);
    }

    String text() {
        return clickedAt.getEpochSecond()
                + (binding == null ? "" : "." + binding)
                + (key == null ? "" : "~" + key + "~" + code);
    }
}
