package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A {@code Cache-Control} as an application wrote it: what keeps caches out is a whole directive, and no quoted text. */
class CacheControlFuzzTests {

    @FuzzTest
    void agreeWithThePlainReading(byte[] input) {
        String cacheControl = new String(input, StandardCharsets.ISO_8859_1).replaceAll("[\\x00-\\x08\\x0a-\\x1f]", "");

        boolean keptOut = directives(cacheControl).stream()
                .anyMatch(directive -> directive.equalsIgnoreCase("no-store") || directive.equalsIgnoreCase("private"));

        assertThat(CacheControl.forbidsStoring(cacheControl)).isEqualTo(keptOut);
    }

    /** The list of RFC 9110, section 5.6.1, with its quoted strings of section 5.6.4; one that is left open has no end. */
    private static List<String> directives(String header) {
        List<String> directives = new ArrayList<>();
        StringBuilder directive = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (quoted && c == '\\' && i + 1 < header.length()) {
                directive.append(c).append(header.charAt(++i));
            } else if (c == ',' && !quoted) {
                directives.add(directive.toString().strip());
                directive.setLength(0);
            } else {
                quoted ^= c == '"';
                directive.append(c);
            }
        }
        directives.add(directive.toString().strip());
        return directives;
    }
}
