package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.CapturedQuery.Rejected;
import io.reftrail.model.Attribution;
import io.reftrail.testing.RecordingExchange;
import io.reftrail.testing.UrlencodedForm;
import java.net.HttpCookie;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** From a link to a lead: what a query carries is kept in cookies that the JDK reads, and comes back as it was. */
class ReferralCaptureFuzzTests {

    private static final List<CaptureRule> RULES = List.of(Rules.PLAIN, Rules.ENCODED);
    private static final List<String> NAMES = List.of("irw_id", "refp_id");

    private final ReferralCapture capture = Rules.capture();

    @FuzzTest
    void aClickIsCapturedAndComesBack(byte[] input) {
        String query =
                new String(input, StandardCharsets.UTF_8).replace("?", "").replace("amp;", "");
        List<String> sequences = List.of(query.split("&", -1));
        Map<String, Integer> occurrences = sequences.stream()
                .map(sequence -> UrlencodedForm.decode(UrlencodedForm.name(sequence)))
                .filter(name -> NAMES.contains(name.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toMap(name -> name, name -> 1, Integer::sum));

        CapturedQuery captured = capture.read(query);

        if (captured == null) {
            assertThat(occurrences).isEmpty();
            return;
        }
        assertThat(captured.removed()).isEqualTo(occurrences);
        assertThat(capture.read(captured.remaining())).isNull();
        assertThat(captured.clicks().size() + captured.rejected().size())
                .isEqualTo(occurrences.keySet().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .distinct()
                        .count());
        captured.clicks().forEach(click -> {
            assertThat(values(sequences, click.rule())).anyMatch(value -> value.contains(click.clickId()));
            comesBack(click);
        });
        captured.rejected().forEach(rejected -> isRefusedRightly(rejected, values(sequences, rejected.rule())));
    }

    private static List<String> values(List<String> sequences, CaptureRule rule) {
        return sequences.stream()
                .filter(sequence -> rule.parameters()
                        .contains(UrlencodedForm.decode(UrlencodedForm.name(sequence))
                                .toLowerCase(Locale.ROOT)))
                .map(UrlencodedForm::value)
                .map(value -> UrlencodedForm.isWellFormed(value) ? UrlencodedForm.decode(value) : "%")
                .toList();
    }

    private static void isRefusedRightly(Rejected rejected, List<String> values) {
        assertThat(values)
                .noneMatch(value ->
                        value.matches("[A-Za-z0-9_-]{1," + rejected.rule().maxLength() + "}"));
    }

    private static void comesBack(CapturedClick click) {
        RecordingExchange landing = RecordingExchange.with();
        Rules.capture().store(click, null, landing, Visit.UNKNOWN);
        String header = landing.setCookies().stream()
                .map(ReferralCaptureFuzzTests::pair)
                .collect(Collectors.joining("; "));

        Attribution read = Rules.COOKIES.read(RULES, RecordingExchange.with("a=b; " + header + "; c=\"d"));

        assertThat(read).isNotNull();
        assertThat(read.clickId()).isEqualTo(click.clickId());
        assertThat(read.clickedAt()).isNotNull();
    }

    private static String pair(String line) {
        List<HttpCookie> cookies = HttpCookie.parse("Set-Cookie: " + line.replaceAll("; SameSite=\\w+", ""));
        assertThat(cookies).hasSize(1);
        String pair = line.substring(0, line.indexOf(';'));
        assertThat(cookies.get(0).getName() + "=" + cookies.get(0).getValue()).isEqualTo(asTheJdkReads(pair));
        assertThat(cookies.get(0).getMaxAge()).isPositive();
        assertThat(Arrays.asList(line.split("; ", -1))).contains("Path=/", "Secure", "SameSite=Lax");
        return pair;
    }

    /** It takes apostrophes around a value for quotation marks, which they are not (RFC 6265, section 4.1.1). */
    private static String asTheJdkReads(String pair) {
        return pair.replaceFirst("^([^=]*)='(.+)'$", "$1=$2");
    }
}
