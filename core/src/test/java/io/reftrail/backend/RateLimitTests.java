package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void introwTakesAsManyCallsAsItIsSaidToUnlessToldOtherwise() {
        assertThat(IntrowBackend.of("key").rateLimit()).isEqualTo(new RateLimit(120, MINUTE));
        assertThat(IntrowBackend.builder("key").callsPerMinute(600).build().rateLimit())
                .isEqualTo(new RateLimit(600, MINUTE));
        assertThat(IntrowBackend.builder("key").callsPerMinute(0).build().rateLimit())
                .isNull();
    }

    @Test
    void refportHasNoLimitUnlessToldOtherwise() {
        assertThat(RefportBackend.of("key").rateLimit()).isNull();
        assertThat(RefportBackend.builder("key").callsPerMinute(60).build().rateLimit())
                .isEqualTo(new RateLimit(60, MINUTE));
    }

    @Test
    void aNegativeNumberIsRefusedByTheNameOfItsSetting() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(
                        () -> IntrowBackend.builder("key").callsPerMinute(-1).build())
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("introw.calls-per-minute"));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(
                        () -> RefportBackend.builder("key").callsPerMinute(-1).build())
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("refport.calls-per-minute"));
    }

    @ParameterizedTest
    @CsvSource({"0, PT1M", "-1, PT1M", "1, PT0S", "1, PT-1S"})
    void aLimitLetsSomethingThrough(int calls, Duration per) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(calls, per));
    }
}
