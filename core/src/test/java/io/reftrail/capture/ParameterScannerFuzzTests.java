package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.capture.ParameterScanner.Pair;
import io.reftrail.capture.ParameterScanner.Scan;
import io.reftrail.testing.UrlencodedForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A query as it came: the scanner finds what the URL standard's parser finds, and touches nothing else. */
class ParameterScannerFuzzTests {

    private static final List<String> NAMES = List.of("ab", "a_b", "b");

    private final ParameterScanner scanner = new ParameterScanner(NAMES);

    @FuzzTest
    void agreesWithThePlainReading(byte[] input) {
        String query = new String(input, StandardCharsets.UTF_8);
        List<Pair> found = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String sequence : query.split("&", -1)) {
            String name = UrlencodedForm.decode(UrlencodedForm.name(sequence));
            if (NAMES.contains(name)) {
                found.add(new Pair(name, UrlencodedForm.value(sequence)));
            } else {
                others.add(sequence);
            }
        }

        Scan scan = scanner.scan(query);

        if (found.isEmpty()) {
            assertThat(scan).isNull();
        } else {
            assertThat(scan).isEqualTo(new Scan(found, String.join("&", others)));
            assertThat(scanner.scan(String.join("&", others))).isNull();
        }
    }
}
