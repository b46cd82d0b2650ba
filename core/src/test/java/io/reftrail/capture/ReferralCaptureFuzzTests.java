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
import java.util.Map;
import java.util.stream.Collectors;

/** From a link to a lead: what a query carries is kept in cookies that the JDK reads, and comes back as it was. */
class ReferralCaptureFuzzTests {

    private static final List<CaptureRule> RULES = List.of(Rules.PLAIN, Rules.ENCODED);
    private static final List<String> NAMES = List.of("irw_id", "refp_id");

    private final ReferralCapture capture = Rules.capture();

    @FuzzTest
    void aClickIsCapturedAndComesBack(byte[] input) {
        String query = new String(input, StandardCharsets.UTF_8);
        List<String> sequences = List.of(query.split("&", -1));
        Map<String, Integer> occurrences = sequences.stream()
                .map(sequence -> UrlencodedForm.decode(UrlencodedForm.name(sequence)))
                .filter(NAMES::contains)
                .collect(Collectors.toMap(name -> name, name -> 1, Integer::sum));

        CapturedQuery captured = capture.read(query);

        if (captured == null) {
            assertThat(occurrences).isEmpty();
            return;
        }
        assertThat(captured.occurrences()).isEqualTo(occurrences);
        assertThat(capture.read(captured.remaining())).isNull();
        assertThat(captured.clicks().size() + captured.rejected().size()).isEqualTo(occurrences.size());
        captured.clicks().forEach(click -> {
            assertThat(click.clickId()).isEqualTo(UrlencodedForm.decode(value(sequences, click.rule())));
            comesBack(click);
        });
        captured.rejected().forEach(rejected -> isRefusedRightly(rejected, value(sequences, rejected.rule())));
    }

    private static String value(List<String> sequences, CaptureRule rule) {
        return sequences.stream()
                .filter(sequence -> rule.parameters().contains(UrlencodedForm.decode(UrlencodedForm.name(sequence))))
                .map(UrlencodedForm::value)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static void isRefusedRightly(Rejected rejected, String value) {
        CaptureResult reason = rejected.result();
        if (value.isEmpty()) {
            assertThat(reason).isEqualTo(CaptureResult.EMPTY);
        } else if (UrlencodedForm.isWellFormed(value)) {
            String decoded = UrlencodedForm.decode(value);
            boolean tooLong = decoded.length() > rejected.rule().maxLength();
            assertThat(tooLong || !decoded.matches("[\\x21-\\x7e&&[^\",;\\\\]]*"))
                    .isTrue();
            assertThat(reason).isEqualTo(tooLong ? CaptureResult.TOO_LONG : CaptureResult.MALFORMED);
        }
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
