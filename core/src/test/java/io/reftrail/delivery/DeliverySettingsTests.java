package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliverySettingsTests {

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT1S,  1,  PT1S,  delivery.connect-timeout",
        "PT-1S, PT1S, 1,  PT1S,  delivery.connect-timeout",
        "PT1S, PT0S,  1,  PT1S,  delivery.response-timeout",
        "PT1S, PT1S,  0,  PT1S,  delivery.max-in-flight",
        "PT1S, PT1S,  -1, PT1S,  delivery.max-in-flight",
        "PT1S, PT1S,  1001, PT1S, delivery.max-in-flight",
        "PT10M0.001S, PT1S, 1, PT1S, delivery.connect-timeout",
        "PT1S, P106751D, 1,  PT1S,  delivery.response-timeout",
        "PT1S, PT1S,  1,  PT11M, delivery.shutdown-timeout",
        "PT1S, PT1S,  1,  PT-1S, delivery.shutdown-timeout",
    })
    void refusesWhatCannotWork(
            Duration connect, Duration response, int maxInFlight, Duration shutdown, String setting) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new DeliverySettings(connect, response, maxInFlight, shutdown))
                .satisfies(invalid -> {
                    assertThat(invalid.setting()).isEqualTo(setting);
                    assertThat(invalid.action("")).startsWith("Write a ");
                });
    }

    @ParameterizedTest
    @CsvSource({"PT0.049S", "PT10M0.001S", "PT-1S"})
    void looksNeitherAllTheTimeNorNever(Duration pollInterval) {
        Duration second = Duration.ofSeconds(1);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new DeliverySettings(second, second, 1, second, pollInterval))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("delivery.poll-interval"));
    }

    @Test
    void pollsEveryTwoSecondsByDefault() {
        Duration second = Duration.ofSeconds(1);

        assertThat(new DeliverySettings(second, second, 1, second).pollInterval())
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(DeliverySettings.DEFAULT.pollInterval()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aLeaseOutlivesTheLongestCallThatBeginsAsLateAsItMay() {
        DeliverySettings settings = DeliverySettings.DEFAULT;

        assertThat(settings.sendingTime()).isGreaterThan(settings.callTimeout());
        assertThat(settings.lease().minus(settings.sendingTime())).isGreaterThan(settings.callTimeout());
    }

    @Test
    void aLeaseOutlivesALongPauseOfTheJvmHoweverShortTheTimeouts() {
        Duration tiny = Duration.ofMillis(300);
        DeliverySettings settings = new DeliverySettings(tiny, tiny, 1, tiny);

        assertThat(settings.sendingTime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(20));
    }
}
