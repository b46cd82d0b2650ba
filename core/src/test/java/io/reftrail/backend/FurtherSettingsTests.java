package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each backend refuses when it is built, by the name of the setting. */
class FurtherSettingsTests {

    private static final String KEY = "s3cr3t";

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("affitor.api-key", () -> AffitorBackend.of(KEY + " ")),
                refused("affitor.base-url", () -> AffitorBackend.builder(KEY).baseUrl("x")),
                refused("affitor.program-id", () -> AffitorBackend.builder(KEY).programId(" ")),
                refused(
                        "affitor.program-id",
                        () -> AffitorBackend.builder(KEY).testMode(true).build()),
                refused("affitor.program-id", () -> AffitorBackend.builder(KEY)
                        .sales(SalesReporting.CHECKOUT)
                        .build()),
                refused("affitor.lead-event-name", () -> AffitorBackend.builder(KEY)
                        .leadEventName("")),
                refused("affitor.calls-per-minute", () -> AffitorBackend.builder(KEY)
                        .callsPerMinute(-1)),
                refused("affonso.api-key", () -> AffonsoBackend.of("", "prg_1")),
                refused("affonso.program-id", () -> AffonsoBackend.of(KEY, "")),
                refused("affonso.program-id", () -> AffonsoBackend.of(KEY, "${PROGRAM}")),
                refused("affonso.base-url", () -> affonso().baseUrl("x")),
                refused("affonso.parameters", () -> affonso().parameters(List.of())),
                refused("affonso.parameters", () -> affonso().parameters(List.of("atp", "partner"))),
                refused("affonso.cookie-duration", () -> affonso().cookieDuration(Duration.ZERO)),
                refused("affonso.calls-per-minute", () -> affonso().callsPerMinute(-1)),
                refused("affihub.program-id", () -> AffihubBackend.of(" ")),
                refused("affihub.base-url", () -> AffihubBackend.builder("p").baseUrl("x")),
                refused("affihub.calls-per-minute", () -> AffihubBackend.builder("p")
                        .callsPerMinute(-1)),
                refused("dub.api-key", () -> DubBackend.of("${" + KEY + "}")),
                refused("dub.base-url", () -> DubBackend.builder(KEY).baseUrl("x")),
                refused("dub.domain", () -> DubBackend.builder(KEY).domain("https://go.shop.example")),
                refused("dub.domain", () -> DubBackend.builder(KEY).domain("")),
                refused("dub.parameters", () -> DubBackend.builder(KEY).parameters(List.of("dub_id"))),
                refused("dub.parameters", () -> DubBackend.builder(KEY).parameters(List.of("a b"))),
                refused("dub.lead-event-name", () -> DubBackend.builder(KEY).leadEventName(" ")),
                refused("dub.lead-event-name", () -> DubBackend.builder(KEY).leadEventName("x".repeat(256))),
                refused("dub.calls-per-minute", () -> DubBackend.builder(KEY).callsPerMinute(-1)),
                refused("introw.base-url", () -> IntrowBackend.builder(KEY).baseUrl("x")),
                refused("refport.lead-event-name", () -> RefportBackend.builder(KEY)
                        .leadEventName(" ")));
    }

    private static AffonsoBackend.Builder affonso() {
        return AffonsoBackend.builder(KEY, "prg_1");
    }

    private static Arguments refused(String setting, ThrowingCallable attempt) {
        return arguments(setting, attempt);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatCannotWorkIsRefused(String setting, ThrowingCallable attempt) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(attempt)
                .satisfies(invalid -> {
                    assertThat(invalid.setting()).isEqualTo(setting);
                    assertThat(invalid.action("")).isNotBlank();
                    assertThat(invalid.toString()).doesNotContain(KEY);
                });
    }

    @Test
    void limitsAreTheContractsUnlessSet() {
        assertThat(AffitorBackend.of(KEY).rateLimit()).isNull();
        assertThat(AffihubBackend.of("p").rateLimit()).isNull();
        assertThat(affonso().build().rateLimit()).isEqualTo(new RateLimit(300, Duration.ofMinutes(1)));
        assertThat(DubBackend.of(KEY).rateLimit()).isEqualTo(new RateLimit(600, Duration.ofMinutes(1)));
        assertThat(DubBackend.builder(KEY).callsPerMinute(0).build().rateLimit())
                .isNull();
    }

    @Test
    void aBackendKeepsTheSettingsThatItWasBuiltWith() {
        AffitorBackend.Builder builder = AffitorBackend.builder(KEY).leadEventName("Trial");
        AffitorBackend backend = builder.build();
        builder.leadEventName("Other");

        assertThat(backend.leadEventName()).isEqualTo("Trial");
        assertThat(DubBackend.builder(KEY).leadEventName("Trial").build().leadEventName())
                .isEqualTo("Trial");
        assertThat(RefportBackend.builder(KEY).leadEventName("Trial").build().leadEventName())
                .isEqualTo("Trial");
    }
}
