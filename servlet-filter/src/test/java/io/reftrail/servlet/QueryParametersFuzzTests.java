package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A query as it came: its parameters are those of the URL standard's form parser. */
class QueryParametersFuzzTests {

    @FuzzTest
    void agreeWithTheUrlStandard(byte[] input) {
        String query = new String(input, StandardCharsets.UTF_8);
        Map<String, String> expected = new LinkedHashMap<>();
        for (String sequence : query.split("&", -1)) {
            String[] parts = sequence.split("=", 2);
            if (!sequence.isEmpty()) {
                String value = UrlencodedText.decode(parts.length == 2 ? parts[1] : "");
                expected.merge(UrlencodedText.decode(parts[0]), "[" + value + "]", String::concat);
            }
        }

        Map<String, String> actual = new LinkedHashMap<>();
        QueryParameters.of(query)
                .forEach((name, values) -> actual.put(
                        name,
                        Arrays.stream(values).map(value -> "[" + value + "]").reduce("", String::concat)));

        assertThat(actual).containsExactlyEntriesOf(expected);
    }
}
