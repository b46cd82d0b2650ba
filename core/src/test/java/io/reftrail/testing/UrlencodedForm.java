package io.reftrail.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The parser of {@code application/x-www-form-urlencoded} as the URL standard words it (url.spec.whatwg.org, section 5.1),
 * step by step and without a thought for speed: what others are compared with.
 */
public final class UrlencodedForm {

    private UrlencodedForm() {}

    /** One tuple of the parser's result. */
    public record Tuple(String name, String value) {}

    /** Returns the tuples of a text, whose UTF-8 octets are parsed. */
    public static List<Tuple> parse(String text) {
        List<Tuple> tuples = new ArrayList<>();
        for (String sequence : text.split("&", -1)) {
            if (!sequence.isEmpty()) {
                tuples.add(new Tuple(decode(name(sequence)), decode(value(sequence))));
            }
        }
        return tuples;
    }

    /** Returns what stands before the first equals sign, still encoded. */
    public static String name(String sequence) {
        return sequence.split("=", 2)[0];
    }

    /** Returns what stands behind the first equals sign, still encoded; empty if there is none. */
    public static String value(String sequence) {
        String[] parts = sequence.split("=", 2);
        return parts.length == 2 ? parts[1] : "";
    }

    /** Replaces plus signs, percent-decodes, and decodes the octets as UTF-8. */
    public static String decode(String text) {
        byte[] octets = text.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '%' && i + 2 < octets.length && isHex(octets[i + 1]) && isHex(octets[i + 2])) {
                decoded.write(Integer.parseInt("" + (char) octets[i + 1] + (char) octets[i + 2], 16));
                i += 2;
            } else {
                decoded.write(octets[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /** Whether each percent sign begins an escape: the standard takes others as they are, we take no click id from them. */
    public static boolean isWellFormed(String text) {
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
            if (i + 2 >= text.length() || !isHex(text.charAt(i + 1)) || !isHex(text.charAt(i + 2))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
