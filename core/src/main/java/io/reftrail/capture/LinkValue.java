package io.reftrail.capture;

import io.reftrail.capture.ParameterScanner.Part;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of a captured parameter, read as the author of the link meant it: without the spaces, quotation marks, punctuation and
 * invisible characters that copying a link leaves around it. No click id and no partner's code begins or ends with one of these.
 * A closing bracket belongs to the value if it is opened there.
 *
 * @param text the decoded value
 * @param problem why the value is not usable, or {@code null}
 */
record LinkValue(String text, @Nullable CaptureResult problem) {

    private static final String LEADING =
            "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u00ab\u00bb<([{";
    private static final String TRAILING =
            "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u00ab\u00bb>,;:!?./\\";

    /** A separator, a name and an equals sign. */
    private static final Pattern PARAMETERS_BEHIND = Pattern.compile("[?&](amp;)?[A-Za-z0-9_.\\-\\[\\]]{1,64}=");

    static LinkValue of(CaptureRule rule, Part part, RequestKind kind) {
        String parameter = String.valueOf(part.name());
        if (kind == RequestKind.OTHER || (kind == RequestKind.UNDECLARED && PartnerCodes.isGeneric(parameter))) {
            return unusable(CaptureResult.NOT_A_VISIT);
        }
        String raw = part.rawValue();
        if (raw.isEmpty()) {
            return unusable(CaptureResult.EMPTY);
        }
        String decoded = raw.length() > 3 * rule.maxLength() + 64 ? raw : PercentEncoding.decode(raw);
        if (decoded == null || decoded.indexOf('\uFFFD') >= 0) {
            return unusable(CaptureResult.BROKEN_ENCODING);
        }
        boolean code = rule.meaning() != CaptureRule.Meaning.CLICK_ID || PartnerCodes.isGeneric(parameter);
        String text = trim(code ? withoutParametersBehind(decoded) : decoded);
        if (text.isEmpty()) {
            return unusable(CaptureResult.EMPTY);
        }
        if (text.length() > rule.maxLength()) {
            return unusable(CaptureResult.TOO_LONG);
        }
        if (!rule.codes().accept(parameter, text)) {
            return unusable(CaptureResult.NOT_A_CODE);
        }
        return rule.accepts(text) ? new LinkValue(text, null) : unusable(CaptureResult.INVALID_CHARACTER);
    }

    private static LinkValue unusable(CaptureResult problem) {
        return new LinkValue("", problem);
    }

    /**
     * Returns a partner's code without the parameters that a tool has encoded together with it, as in {@code nora%3Futm_source%3Dfb}.
     */
    private static String withoutParametersBehind(String text) {
        Matcher behind = PARAMETERS_BEHIND.matcher(text);
        return behind.find() ? text.substring(0, behind.start()) : text;
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && (isInvisible(text.charAt(start)) || LEADING.indexOf(text.charAt(start)) >= 0)) {
            start++;
        }
        while (end > start && isTrailing(text, start, end - 1)) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isTrailing(String text, int start, int last) {
        char c = text.charAt(last);
        int pair = ")]}".indexOf(c);
        return isInvisible(c)
                || TRAILING.indexOf(c) >= 0
                || (pair >= 0 && text.substring(start, last).indexOf("([{".charAt(pair)) < 0);
    }

    private static boolean isInvisible(char c) {
        return c <= ' '
                || Character.isISOControl(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
