package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void introwTakesAsManyCallsAsItIsSaidToUnlessToldOtherwise() {
        assertThat(new IntrowBackend("key").rateLimit()).isEqualTo(new RateLimit(120, MINUTE));
        assertThat(new IntrowBackend("key", IntrowBackend.BASE_URL, 600).rateLimit())
                .isEqualTo(new RateLimit(600, MINUTE));
        assertThat(new IntrowBackend("key", IntrowBackend.BASE_URL, 0).rateLimit())
                .isNull();
    }

    @Test
    void refportHasNoLimitUnlessToldOtherwise() {
        assertThat(new RefportBackend("key").rateLimit()).isNull();
        assertThat(new RefportBackend("key", RefportBackend.BASE_URL, "Sign Up", 60).rateLimit())
                .isEqualTo(new RateLimit(60, MINUTE));
    }

    @Test
    void aNegativeNumberIsRefusedByTheNameOfItsSetting() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new IntrowBackend("key", IntrowBackend.BASE_URL, -1))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("introw.calls-per-minute"));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new RefportBackend("key", RefportBackend.BASE_URL, "Sign Up", -1))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("refport.calls-per-minute"));
    }

    @ParameterizedTest
    @CsvSource({"0, PT1M", "-1, PT1M", "1, PT0S", "1, PT-1S"})
    void aLimitLetsSomethingThrough(int calls, Duration per) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(calls, per));
    }
}
