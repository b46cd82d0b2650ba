package io.reftrail.backend.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.backend.HttpCall;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.Lead;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A value never leaves its place, and arrives there as it was. One line for each encoding. */
class DeclaredEncodingFuzzTests {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static final TrackingBackend JSON = backend("\"json\": {\"a\": \"{customer.name}\", \"b\": 1}");
    private static final TrackingBackend FORM = backend("\"form\": {\"a\": \"{customer.name}\", \"b\": 1}");
    private static final TrackingBackend QUERY = backend("\"query\": {\"a\": \"{customer.name}\", \"b\": 1}");
    private static final TrackingBackend PATH = backend("\"path\": \"/x/{customer.name}/y\"");
    private static final TrackingBackend HEADER =
            backend("\"headers\": {\"X-A\": \"{customer.name}\", \"X-B\": \"1\"}");

    private static TrackingBackend backend(String call) {
        String path = call.contains("\"path\"") ? "" : "\"path\": \"/x\", ";
        return BackendDeclaration.of("acme", """
                        {"name": "acme", "base-url": "https://a.example",
                         "capture": [{"parameters": ["a"], "cookie": "a", "window": "30d"}],
                         "calls": {"lead": {%s%s, "repeat": "recognised",
                           "answers": [{"status": 200, "outcome": "recorded"}]}}}
                        """.formatted(path, call)).backend(Map.of());
    }

    private static Lead lead(String text) {
        return Lead.of(new Attribution("acme", "c1", NOW), Customer.of("u-1").withName(text), "Sign Up", NOW);
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    @FuzzTest
    void json(byte[] input) {
        String text = text(input);
        JsonNode body = JsonMapper.shared().readTree(JSON.call(lead(text)).body());
        assertThat(body.get("b").intValue()).isEqualTo(1);
        assertThat(body.size()).isEqualTo(text.isBlank() ? 1 : 2);
        if (!text.isBlank()) {
            assertThat(body.get("a").stringValue()).isEqualTo(text);
        }
    }

    @FuzzTest
    void form(byte[] input) {
        assertPairs(FORM.call(lead(text(input))).body(), text(input));
    }

    @FuzzTest
    void query(byte[] input) {
        HttpCall call = QUERY.call(lead(text(input)));
        assertThat(call.uri().getRawPath()).isEqualTo("/x");
        assertThat(call.uri().getRawFragment()).isNull();
        assertPairs(call.uri().getRawQuery(), text(input));
    }

    private static void assertPairs(String pairs, String text) {
        List<String> expected = new ArrayList<>();
        if (!text.isBlank()) {
            expected.add("a=" + text);
        }
        expected.add("b=1");
        List<String> decoded = new ArrayList<>();
        for (String pair : pairs.split("&", -1)) {
            decoded.add(URLDecoder.decode(pair, StandardCharsets.UTF_8));
        }
        assertThat(decoded).isEqualTo(expected);
    }

    @FuzzTest
    void path(byte[] input) {
        Lead lead = lead(text(input));
        if (PATH.outcomeWithoutCall(lead) == null) {
            HttpCall call = PATH.call(lead);
            String raw = call.uri().getRawPath();
            assertThat(call.uri().normalize()).isEqualTo(call.uri());
            assertThat(call.uri().getRawQuery()).isNull();
            assertThat(call.uri().getRawFragment()).isNull();
            String[] segments = raw.split("/", -1);
            assertThat(segments).hasSize(4);
            assertThat(URLDecoder.decode(segments[2].replace("+", "%2B"), StandardCharsets.UTF_8))
                    .isEqualTo(text(input));
        } else {
            assertThat(text(input)).matches("(?s)\\s*|\\.{1,2}|\\p{Zs}*|.*\\p{C}*.*");
        }
    }

    @FuzzTest
    void header(byte[] input) {
        Map<String, String> headers = HEADER.call(lead(text(input))).headers();
        assertThat(headers).containsEntry("X-B", "1");
        String value = headers.get("X-A");
        if (value != null) {
            assertThat(value).isEqualTo(text(input)).matches("[!-~]([ -~]*[!-~])?");
        }
    }
}
