package io.reftrail.capture;

import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How {@link Companion}s stand in their cookie: as their text, or behind a signature of the text and the backend's name,
 * {@code <22 characters of base64url>*<text>}. The signature stands first, so that a release that knows none takes the whole for
 * somebody else's. Thread-safe.
 */
final class CompanionCodec {

    private static final String HOST_PREFIX = "__Host-";

    private static final Pattern SIGNED = Pattern.compile("(?<signature>[A-Za-z0-9_-]{22})\\*(?<text>.+)");

    private final CookieSigning signing;
    private final Clock clock;

    CompanionCodec(CookieSigning signing, Clock clock) {
        this.signing = signing;
        this.clock = clock;
    }

    /** The name of the cookie that is written. */
    String name(CaptureRule rule) {
        return signing.hasHostPrefix() ? HOST_PREFIX + rule.companionCookie() : rule.companionCookie();
    }

    /** The names of the cookies that are read and removed, the one that is written first. */
    List<String> names(CaptureRule rule) {
        return isReadUnderBothNames() ? List.of(name(rule), rule.companionCookie()) : List.of(name(rule));
    }

    private boolean isReadUnderBothNames() {
        return signing.hasHostPrefix() && areThoseOfBeforeAccepted();
    }

    private boolean areThoseOfBeforeAccepted() {
        return signing.acceptsCookiesOfBefore(clock.instant());
    }

    /** Whether a click id without a companion counts for nobody. */
    boolean isNeeded() {
        return !signing.acceptsScriptCookies() && !areThoseOfBeforeAccepted();
    }

    boolean isSigned() {
        return signing.isOn();
    }

    /** Returns what a new companion says of a click id. */
    String bindingTo(String clickId) {
        return signing.isOn() ? ClickBinding.strong(clickId) : ClickBinding.plain(clickId);
    }

    String text(CaptureRule rule, Companion companion) {
        String text = companion.text();
        if (!signing.isOn()) {
            return text;
        }
        byte[] signature = signing.sign(signedText(rule, text));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature) + "*" + text;
    }

    /** Returns what a cookie's value says, or {@code null} if it is not ours, or not signed as it has to be. */
    @Nullable
    Companion parse(CaptureRule rule, String value) {
        Matcher signed = SIGNED.matcher(value);
        if (!signed.matches()) {
            return !signing.isOn() || areThoseOfBeforeAccepted() ? Companion.parse(value) : null;
        }
        String text = signed.group("text");
        Companion companion = Companion.parse(text);
        if (companion == null || !signing.isOn()) {
            return companion;
        }
        byte[] signature = Base64.getUrlDecoder().decode(signed.group("signature"));
        return companion.isStronglyBound() && signing.hasSigned(signedText(rule, text), signature) ? companion : null;
    }

    /** Backends' names have no line breaks, and neither has a cookie. */
    private static String signedText(CaptureRule rule, String text) {
        return "reftrail companion 1\n" + rule.companionCookie() + "\n" + text;
    }
}
