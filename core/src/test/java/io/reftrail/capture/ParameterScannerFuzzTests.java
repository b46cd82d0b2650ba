package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.capture.ScannedQuery.Pair;
import io.reftrail.testing.UrlencodedForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A query as it came: the scanner finds what the URL standard's parser finds, in any case, and touches nothing else. What it reads
 * otherwise, {@literal &}amp; and a second question mark, has rows in {@link ParameterScannerTests}.
 */
class ParameterScannerFuzzTests {

    private static final List<String> NAMES = List.of("ab", "a_b", "b");

    private final ParameterScanner scanner = new ParameterScanner(NAMES);

    @FuzzTest
    void agreesWithThePlainReading(byte[] input) {
        String query =
                new String(input, StandardCharsets.UTF_8).replace("?", "").replace("amp;", "");
        List<Pair> found = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String sequence : query.split("&", -1)) {
            String name = UrlencodedForm.decode(UrlencodedForm.name(sequence));
            if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
                found.add(new Pair(name.toLowerCase(Locale.ROOT), UrlencodedForm.value(sequence)));
            } else {
                others.add(sequence);
            }
        }

        ScannedQuery scan = ScannedQuery.of(scanner, query);

        if (found.isEmpty()) {
            assertThat(scan).isNull();
        } else {
            assertThat(scan).isEqualTo(new ScannedQuery(found, String.join("&", others)));
            assertThat(scanner.scan(String.join("&", others))).isNull();
        }
    }
}
