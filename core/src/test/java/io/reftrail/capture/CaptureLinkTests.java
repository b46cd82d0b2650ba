package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.capture.CapturedQuery.CapturedClick;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.model.InvalidSettingException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links as people write, copy and paste them, and parameters that applications use for purposes of their own. */
class CaptureLinkTests {

    private static final CaptureRule CODES = new CaptureRule(
                    "affihub",
                    List.of("aff", "via", "ref"),
                    "affihub_ref",
                    Duration.ofDays(90),
                    64,
                    CookieEncoding.RAW,
                    false)
            .meaning(Meaning.COUNTED_CODE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aff=nora                        | nora     | ''",
                "AFF=nora                        | nora     | ''",
                "utm_source=x&amp;aff=nora       | nora     | utm_source=x",
                "aff=nora?utm_source=fb          | nora     | utm_source=fb",
                "utm_source=fb?aff=nora          | nora     | utm_source=fb",
                "aff=nora%20                     | nora     | ''",
                "aff=%20nora                     | nora     | ''",
                "aff=nora+                       | nora     | ''",
                "aff=nora%E2%80%8B               | nora     | ''",
                "aff=%EF%BB%BFnora               | nora     | ''",
                "aff=nora%C2%A0                  | nora     | ''",
                "aff=nora,                       | nora     | ''",
                "aff=nora.                       | nora     | ''",
                "aff=nora;                       | nora     | ''",
                "aff=nora)                       | nora     | ''",
                "aff=nora%3E                     | nora     | ''",
                "aff=%22nora%22                  | nora     | ''",
                "aff='nora'                      | nora     | ''",
                "aff=%E2%80%9Cnora%E2%80%9D      | nora     | ''",
                "aff=%C2%ABnora%C2%BB            | nora     | ''",
                "aff=nora%0A                     | nora     | ''",
                "aff=nora%0D%0A                  | nora     | ''",
                "aff=nora/                       | nora     | ''",
                "aff=nora?                       | nora     | ''",
                "aff=nora%3Futm_source%3Dfb      | nora     | ''",
                "aff=nora%26utm_source%3Dfb%26x  | nora     | ''",
                "aff=nora%26amp%3Butm_source=fb  | nora     | ''",
                "aff=R%26D                       | R&D      | ''",
                "aff=nora&via=%20                | nora     | via=%20",
                "aff=%20&via=nora                | nora     | aff=%20",
                "aff=%zz&aff=nora                | nora     | aff=%zz",
                "aff=jane.doe                    | jane.doe | ''",
            })
    void areReadAsTheyWereMeant(String query, String code, String remaining) {
        CapturedQuery captured = read(CODES, query);

        assertThat(captured.clicks()).containsExactly(new CapturedClick(CODES, code));
        assertThat(captured.remaining()).isEqualTo(remaining);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aff=%20                                  | EMPTY",
                "aff=%22%22                               | EMPTY",
                "aff=no%20ra                              | INVALID_CHARACTER",
                "aff=jos%C3%A9                            | INVALID_CHARACTER",
                "aff=no%E2%80%8Bra                        | INVALID_CHARACTER",
                "aff=nor%4                                | BROKEN_ENCODING",
                "aff=nor%E9                               | BROKEN_ENCODING",
                "ref=https%3A%2F%2Fwww.google.com%2F      | NOT_A_CODE",
                "ref=//evil.example                       | NOT_A_CODE",
                "ref=/checkout                            | NOT_A_CODE",
                "ref=a/b                                  | NOT_A_CODE",
                "ref=some-blog.example.com                | NOT_A_CODE",
                "ref=google.com                           | NOT_A_CODE",
                "ref=google.com.                          | NOT_A_CODE",
                "ref=shop.co.uk                           | NOT_A_CODE",
                "ref=localhost                            | NOT_A_CODE",
                "ref=localhost:8080                       | NOT_A_CODE",
                "ref=192.168.0.1                          | NOT_A_CODE",
                "ref=jane@mail.example.com                | NOT_A_CODE",
                "via=android-app:com.example              | NOT_A_CODE",
            })
    void areLeftInTheUrlAndCountedWhereTheyCannotBeCodes(String query, CaptureResult reason) {
        CapturedQuery captured = read(CODES, query + "&x=1");

        assertThat(captured.clicks()).isEmpty();
        assertThat(captured.rejected()).containsExactly(new CapturedQuery.Rejected(CODES, reason));
        assertThat(captured.remaining()).isEqualTo(query + "&x=1");
        assertThat(captured.removed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestKind.class,
            names = {"UNDECLARED", "OTHER"})
    void aGenericParameterIsTheApplicationsOwnWhereNobodyOpensAPage(RequestKind kind) {
        CapturedQuery captured = capture(CODES).read("ref=main", kind);

        assertThat(captured).isNotNull();
        assertThat(captured.clicks()).isEmpty();
        assertThat(captured.rejected())
                .extracting(CapturedQuery.Rejected::result)
                .containsExactly(CaptureResult.NOT_A_VISIT);
        assertThat(captured.remaining()).isEqualTo("ref=main");
    }

    @Test
    void aVendorsOwnParameterIsHiddenEverywhereAndCapturedInWhatMayBeAVisit() {
        CapturedQuery undeclared = capture(Rules.PLAIN).read("irw_id=a", RequestKind.UNDECLARED);
        CapturedQuery other = capture(Rules.PLAIN).read("irw_id=a", RequestKind.OTHER);

        assertThat(undeclared).isNotNull();
        assertThat(undeclared.clicks()).hasSize(1);
        assertThat(other).isNotNull();
        assertThat(other.clicks()).isEmpty();
        assertThat(other.remaining()).isEmpty();
        assertThat(other.rejected())
                .extracting(CapturedQuery.Rejected::result)
                .containsExactly(CaptureResult.NOT_A_VISIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nora", "liam", "x-17"})
    void aListAndAPatternSayWhichCodesThereAre(String code) {
        CaptureRule rule = CODES.accepting(PartnerCodes.of("affihub.code-pattern", List.of("nora", "liam"), "x-\\d+"));

        assertThat(read(rule, "ref=" + code).clicks()).containsExactly(new CapturedClick(rule, code));
        assertThat(read(rule, "ref=" + code + "0y").rejected())
                .extracting(CapturedQuery.Rejected::result)
                .containsExactly(CaptureResult.NOT_A_CODE);
    }

    @Test
    void aPatternThatTakesTooLongAcceptsNothing() {
        CaptureRule rule = CODES.accepting(PartnerCodes.of("affihub.code-pattern", List.of(), "(a+)+b"));

        assertThat(read(rule, "aff=" + "a".repeat(60)).clicks()).isEmpty();
    }

    @Test
    void aPatternThatIsNoneSaysWhatToWrite() {
        assertThatThrownBy(() -> PartnerCodes.of("affihub.code-pattern", List.of(), "("))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("affihub.code-pattern");
    }

    private static CapturedQuery read(CaptureRule rule, String query) {
        CapturedQuery captured = capture(rule).read(query);
        assertThat(captured).isNotNull();
        return captured;
    }

    private static ReferralCapture capture(CaptureRule rule) {
        return new ReferralCapture(
                List.of(rule), Rules.COOKIES, ClickModel.LAST_CLICK, CaptureListener.NONE, Clock.systemUTC());
    }
}
