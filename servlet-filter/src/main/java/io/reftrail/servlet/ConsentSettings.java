package io.reftrail.servlet;

import io.reftrail.model.InvalidSettingException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The consent settings that need no code. If there are several, all must permit the click.
 *
 * @param cookieName the cookie of a consent tool, or {@code null}
 * @param cookieGranted the regular expression that matches a part of its value if the visitor consents
 * @param cookieRefused the regular expression of a refusal, or {@code null} if everything but consent is a refusal
 * @param tcfCookieName the cookie with a TC string
 * @param tcfPurposes the purposes that the visitor must have consented to; empty if the string is not read
 * @param honourGlobalPrivacyControl whether {@code Sec-GPC: 1} is a refusal
 */
public record ConsentSettings(
        @Nullable String cookieName,
        @Nullable String cookieGranted,
        @Nullable String cookieRefused,
        String tcfCookieName,
        Set<Integer> tcfPurposes,
        boolean honourGlobalPrivacyControl) {

    /** A token (RFC 9110, section 5.6.2). */
    private static final Pattern COOKIE_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** Permits every click. Many consent tools store a TC string in this cookie. */
    public static final ConsentSettings DEFAULT =
            new ConsentSettings(null, null, null, "euconsent-v2", Set.of(), false);

    /** @throws InvalidSettingException if a setting lacks another one, or is invalid */
    public ConsentSettings {
        tcfPurposes = Set.copyOf(tcfPurposes);
        if (cookieName == null && (cookieGranted != null || cookieRefused != null)) {
            throw new InvalidSettingException(
                    "consent.cookie-name",
                    "there is a pattern, but no cookie to search it in",
                    "Write {prefix}consent.cookie-name=CookieConsent with the name of the cookie that your consent tool sets.");
        }
        if (cookieName != null && cookieGranted == null) {
            throw new InvalidSettingException(
                    "consent.cookie-granted",
                    "nothing says how consent looks in the cookie " + cookieName,
                    "Write {prefix}consent.cookie-granted=marketing:true with a regular expression that is found in its value.");
        }
        checkName("consent.cookie-name", cookieName, "CookieConsent");
        checkName("consent.tcf-cookie-name", tcfCookieName, "euconsent-v2");
        compile("consent.cookie-granted", cookieGranted, "marketing:true");
        compile("consent.cookie-refused", cookieRefused, "marketing:false");
        if (!tcfPurposes.isEmpty()) {
            new TcfPurposes(tcfPurposes);
        }
    }

    private static void checkName(String setting, @Nullable String name, String example) {
        if (name != null && !COOKIE_NAME.matcher(name).matches()) {
            throw new InvalidSettingException(
                    setting,
                    "'" + name + "' cannot be the name of a cookie",
                    "Write {prefix}" + setting + "=" + example + " or another name without spaces and semicolons.");
        }
    }

    private static @Nullable Pattern compile(String setting, @Nullable String pattern, String example) {
        try {
            return pattern == null ? null : Pattern.compile(pattern);
        } catch (PatternSyntaxException broken) {
            InvalidSettingException invalid = new InvalidSettingException(
                    setting,
                    "'" + pattern + "' is not a regular expression (" + broken.getDescription() + ")",
                    "Write {prefix}" + setting + "=" + example
                            + " or another one, as java.util.regex.Pattern has them.");
            invalid.initCause(broken);
            throw invalid;
        }
    }

    /** Returns the policy. */
    public ConsentPolicy policy() {
        ConsentPolicy policy = honourGlobalPrivacyControl ? ConsentPolicy.GLOBAL_PRIVACY_CONTROL : ConsentPolicy.ALWAYS;
        Pattern granted = compile("consent.cookie-granted", cookieGranted, "");
        Pattern refused = compile("consent.cookie-refused", cookieRefused, "");
        if (cookieName != null && granted != null) {
            policy = policy.and(
                    refused == null
                            ? ConsentPolicy.cookie(cookieName, granted)
                            : ConsentPolicy.cookie(cookieName, granted, refused));
        }
        return tcfPurposes.isEmpty() ? policy : policy.and(ConsentPolicy.tcf(tcfCookieName, tcfPurposes));
    }
}
