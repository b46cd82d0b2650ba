package io.reftrail.capture;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our own cookie beside a vendor's: when the click happened, bound to its click id by a hash, so that a click id that
 * somebody else wrote later is not taken for that old. Of a click that is exchanged it holds the key and the partner's code
 * as well; while it is, the hash is that of the click id that stood in the vendor's cookie before, so that what somebody else
 * writes there meanwhile is known to be newer.
 *
 * @param clickedAt when, to the second
 * @param isPending whether the click is being exchanged
 * @param binding the hash of the click id, while it is pending of the one before, or {@code null} if there was none
 * @param key the key of a click that is exchanged, or {@code null}
 * @param code the partner's code of that click, or {@code null}
 */
record Companion(
        Instant clickedAt,
        boolean isPending,
        @Nullable String binding,
        @Nullable String key,
        @Nullable String code) {

    private static final Pattern TEXT = Pattern.compile(
            "(?<seconds>\\d{1,10})((?<pending>!)|\\.)(?<binding>[0-9a-f]{32}|[0-9a-f]{1,8})?(~(?<key>[0-9a-f-]{36})~(?<code>.+))?");

    /** Returns what a cookie's value says, or {@code null} if it is not ours. */
    static @Nullable Companion parse(String value) {
        Matcher text = TEXT.matcher(value);
        if (!text.matches()) {
            return null;
        }
        boolean pending = text.group("pending") != null;
        if (text.group(pending ? "key" : "binding") == null) {
            return null;
        }
        Instant clickedAt = Instant.ofEpochSecond(Long.parseLong(text.group("seconds")));
        return new Companion(clickedAt, pending, text.group("binding"), text.group("key"), text.group("code"));
    }

    /** @param binding the {@linkplain ClickBinding hash} of the click id */
    static Companion of(Instant clickedAt, String binding) {
        return new Companion(clickedAt, false, binding, null, null);
    }

    /** @param bindingBefore the {@linkplain ClickBinding hash} of the click id before, or {@code null} if there is none */
    static Companion pending(Instant clickedAt, @Nullable String bindingBefore, String key, String code) {
        return new Companion(clickedAt, true, bindingBefore, key, code);
    }

    /** Returns this companion, bound to the click id that the click was exchanged for. */
    Companion boundTo(String binding) {
        return new Companion(clickedAt, false, binding, key, code);
    }

    /** Whether nobody can find another click id that it would fit. */
    boolean isStronglyBound() {
        return binding == null || ClickBinding.isStrong(binding);
    }

    String text() {
        return clickedAt.getEpochSecond()
                + (isPending ? "!" : ".")
                + (binding == null ? "" : binding)
                + (key == null ? "" : "~" + key + "~" + code);
    }
}
