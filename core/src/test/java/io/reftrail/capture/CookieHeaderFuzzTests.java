package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.capture.ClickMetadataCookie.ClickMetadata;
import io.reftrail.model.Attribution;
import io.reftrail.testing.RecordingExchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A {@code Cookie} header as it came: read as RFC 6265 reads pairs, never with an exception. */
class CookieHeaderFuzzTests {

    private static final List<CaptureRule> RULES = List.of(Rules.PLAIN, Rules.ENCODED);

    private final CookieHeader.NameSet names =
            new CookieHeader.NameSet(RULES.stream().flatMap(Rules.COOKIES::names));

    @FuzzTest
    void agreesWithThePlainReading(byte[] input) {
        String header = new String(input, StandardCharsets.ISO_8859_1);
        boolean any = false;
        for (CaptureRule rule : RULES) {
            for (String name : List.of(rule.cookie(), rule.metadataCookie())) {
                List<String> values = plainly(header, name);
                any |= !values.isEmpty();
                assertThat(CookieHeader.values(List.of(header), name))
                        .isEqualTo(values.stream()
                                .map(CookieHeaderFuzzTests::unquoted)
                                .filter(value -> !value.isEmpty())
                                .toList());
            }
        }
        assertThat(names.isIn(header)).isEqualTo(any);
        Attribution read = Rules.COOKIES.read(RULES, RecordingExchange.with(header));
        if (read != null) {
            assertThat(any).isTrue();
            assertThat(read.clickId())
                    .matches(
                            read.backend().equals("refport")
                                    ? "(?U)[^\\p{Cntrl}]{1,512}"
                                    : "[\\x21-\\x7e&&[^\",;\\\\]]{1,512}");
        }
    }

    /** RFC 6265, section 5.2, steps 1 to 5, for each pair of section 4.2.1. */
    private static List<String> plainly(String header, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : header.split(";", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && parts[0].strip().equals(name)) {
                values.add(parts[1].strip());
            }
        }
        return values;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.charAt(0) == '"' && value.charAt(value.length() - 1) == '"';
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    @FuzzTest
    void metadataSaysWhatItsTextSays(byte[] input) {
        ClickMetadata metadata = ClickMetadata.parse(new String(input, StandardCharsets.UTF_8));
        if (metadata != null) {
            assertThat(ClickMetadata.parse(metadata.text())).isEqualTo(metadata);
        }
    }
}
