package io.reftrail.servlet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * How the form parser of the URL standard reads a name or a value (url.spec.whatwg.org, sections 1.3 and 5.1), step by step
 * and without a thought for speed: what others are compared with.
 */
final class UrlencodedText {

    private UrlencodedText() {}

    static String decode(String text) {
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

    private static boolean isHex(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    }
}
