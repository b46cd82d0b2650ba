package io.reftrail.backend.declared;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.io.JsonStringEncoder;

/** The encoding of a text for the place that it is written to. */
enum Encoding {

    /** In a string of JSON. */
    JSON {
        @Override
        boolean append(StringBuilder out, String text) {
            JsonStringEncoder.getInstance().quoteAsString(text, out);
            return true;
        }
    },

    /** In {@code application/x-www-form-urlencoded}. */
    FORM {
        @Override
        boolean append(StringBuilder out, String text) {
            out.append(URLEncoder.encode(text, StandardCharsets.UTF_8));
            return true;
        }
    },

    /** In the query of an address. */
    QUERY {
        @Override
        boolean append(StringBuilder out, String text) {
            out.append(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
            return true;
        }
    },

    /** In one segment of a path. A segment of only dots would lead to another address. */
    PATH {
        @Override
        boolean append(StringBuilder out, String text) {
            return !DOTS.matcher(text).matches() && QUERY.append(out, text);
        }
    },

    /** In the value of a header, which allows only visible ASCII and spaces (RFC 9110, section 5.5). */
    HEADER {
        @Override
        boolean append(StringBuilder out, String text) {
            if (!VISIBLE.matcher(text).matches()) {
                return false;
            }
            out.append(text);
            return true;
        }
    },

    /** Unchanged. */
    PLAIN {
        @Override
        boolean append(StringBuilder out, String text) {
            out.append(text);
            return true;
        }
    };

    private static final Pattern DOTS = Pattern.compile("\\.{1,2}");
    private static final Pattern VISIBLE = Pattern.compile("[!-~]([ -~]*[!-~])?");

    /** Appends a text; returns whether it can stand there. */
    abstract boolean append(StringBuilder out, String text);
}
