package io.reftrail.capture;

import io.reftrail.capture.internal.BoundedText;
import io.reftrail.model.InvalidSettingException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.hc.client5.http.psl.DomainType;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.jspecify.annotations.Nullable;

/**
 * The values that are accepted as a partner's code, and the parameter names that are generic.
 *
 * <p>Many applications use parameters such as {@code ref} or {@code source} for purposes of their own. A generic parameter is
 * therefore captured only when a visitor opens a page, and only if its value can be a partner's code: a URL, a path, a host name or an
 * e-mail address is not. If a list or a pattern is set, it decides instead, for all parameters of the rule. A value that is not
 * accepted stays in the URL.
 *
 * @param list the accepted codes; empty if any code is accepted
 * @param pattern a pattern that an accepted code matches as a whole, or {@code null}
 */
public record PartnerCodes(Set<String> list, @Nullable Pattern pattern) {

    /** Any code is accepted. */
    public static final PartnerCodes ANY = new PartnerCodes(Set.of(), null);

    /** A {@link HashSet}, because names are looked up several times for each landing. */
    private static final Set<String> GENERIC_NAMES = new HashSet<>(List.of(
            "a",
            "aff",
            "aff_id",
            "affid",
            "affiliate",
            "affiliate_id",
            "by",
            "c",
            "campaign",
            "code",
            "coupon",
            "deal",
            "from",
            "fpr",
            "id",
            "invite",
            "p",
            "partner",
            "partner_id",
            "pid",
            "promo",
            "r",
            "ref",
            "ref_id",
            "referral",
            "referrer",
            "refid",
            "rid",
            "source",
            "src",
            "tag",
            "via"));

    /** Copies the list. */
    public PartnerCodes {
        list = Set.copyOf(list);
    }

    /**
     * Creates codes from settings.
     *
     * @param setting the name of the setting with the pattern, for the message
     * @param list the accepted codes, may be empty
     * @param pattern a regular expression that an accepted code matches as a whole, or {@code null}
     * @throws InvalidSettingException if the pattern is not a regular expression
     */
    public static PartnerCodes of(String setting, Collection<String> list, @Nullable String pattern) {
        try {
            return new PartnerCodes(Set.copyOf(list), pattern == null ? null : Pattern.compile(pattern));
        } catch (PatternSyntaxException broken) {
            InvalidSettingException invalid = new InvalidSettingException(
                    setting,
                    "'" + pattern + "' is not a regular expression (" + broken.getDescription() + ")",
                    "Write one as in java.util.regex.Pattern, for example {prefix}" + setting + "=[a-z0-9-]{3,40}");
            invalid.initCause(broken);
            throw invalid;
        }
    }

    /** Returns whether applications commonly use a parameter name for purposes of their own, such as {@code ref}. */
    public static boolean isGeneric(String parameter) {
        return GENERIC_NAMES.contains(parameter.toLowerCase(Locale.ROOT));
    }

    /** Returns whether a decoded value of this parameter is accepted. */
    boolean accept(String parameter, String value) {
        if (!list.isEmpty() || pattern != null) {
            return list.contains(value)
                    || (pattern != null && BoundedText.matches(pattern, value).orElse(false));
        }
        return !isGeneric(parameter) || !isAddress(value);
    }

    /** Returns whether a list or a pattern is set. */
    public boolean areConfigured() {
        return !list.isEmpty() || pattern != null;
    }

    /** Returns a code that a visitor has typed, in the list's spelling; {@code null} if it is not accepted. */
    @Nullable
    String given(String typed) {
        if (list.contains(typed)) {
            return typed;
        }
        for (String code : list) {
            if (code.equalsIgnoreCase(typed)) {
                return code;
            }
        }
        boolean accepted = areConfigured()
                ? pattern != null && BoundedText.matches(pattern, typed).orElse(false)
                : !isAddress(typed);
        return accepted ? typed : null;
    }

    private static boolean isAddress(String value) {
        String host = value.substring(value.lastIndexOf('@') + 1);
        return value.indexOf('/') >= 0
                || value.indexOf('\\') >= 0
                || value.indexOf(':') >= 0
                || host.equalsIgnoreCase("localhost")
                || isHostName(host);
    }

    /** A code such as {@code jane.doe} is accepted, because no top-level domain has the name {@code doe}. */
    private static boolean isHostName(String text) {
        int dot = text.lastIndexOf('.', text.endsWith(".") ? text.length() - 2 : text.length());
        if (dot < 0) {
            return false;
        }
        String last = text.substring(dot + 1).replace(".", "").toLowerCase(Locale.ROOT);
        return (!last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9'))
                || PublicSuffixMatcherLoader.getDefault().getDomainRoot("host." + last, DomainType.ICANN) != null;
    }
}
