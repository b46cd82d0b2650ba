package io.reftrail.backend.affitor;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a landing, rewritten for Affitor's click endpoint, which requires an absolute URL with the code in {@code aff}
 * (docs/contracts/affitor.md, section 3.1). A code in {@code ref}, the parameter of older links, is renamed. Everything else
 * stays as it is.
 */
final class AffiliateAddress {

    private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private AffiliateAddress() {}

    /**
     * Returns the address with the code in {@code aff}.
     *
     * @param renameRef whether the code may be in {@code ref}
     */
    static String of(String landing, boolean renameRef) {
        int query = landing.indexOf('?');
        int fragment = landing.indexOf('#');
        if (query < 0 || (fragment >= 0 && fragment < query)) {
            return landing;
        }
        int end = fragment < 0 ? landing.length() : fragment;
        List<String> pairs =
                new ArrayList<>(List.of(landing.substring(query + 1, end).split("&", -1)));
        pairs.removeIf(pair -> isNamed(pair, "aff") && !hasValue(pair));
        if (renameRef && pairs.stream().noneMatch(pair -> isNamed(pair, "aff"))) {
            rename(pairs);
        }
        return landing.substring(0, query + 1) + String.join("&", pairs) + landing.substring(end);
    }

    /** Returns whether the address, in the form for the endpoint, contains this code. */
    static boolean carries(String landing, String code, boolean renameRef) {
        String address = of(landing, renameRef).split("#", 2)[0];
        int query = address.indexOf('?');
        for (String pair : address.substring(query + 1).split("&", -1)) {
            if (query >= 0 && isNamed(pair, "aff")) {
                return code.equals(decoded(pair.substring(pair.indexOf('=') + 1)));
            }
        }
        return false;
    }

    private static void rename(List<String> pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            String pair = pairs.get(i);
            if (isNamed(pair, "ref") && hasValue(pair)) {
                pairs.set(i, "aff" + pair.substring(pair.indexOf('=')));
                return;
            }
        }
    }

    /** Returns the address without query and fragment. */
    static String page(String landing) {
        return landing.split("[?#]", 2)[0];
    }

    private static boolean hasValue(String pair) {
        int equals = pair.indexOf('=');
        return equals >= 0 && equals < pair.length() - 1;
    }

    private static boolean isNamed(String pair, String name) {
        int equals = pair.indexOf('=');
        String written = equals < 0 ? pair : pair.substring(0, equals);
        return name.equals(decoded(written));
    }

    private static @Nullable String decoded(String text) {
        return NO_ESCAPE.matcher(text).find() ? null : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
