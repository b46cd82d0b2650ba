package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.servlet.ConsentPolicy.Consent;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentSettingsTests {

    @ParameterizedTest
    @CsvSource({
        "    , yes,    , consent.cookie-name",
        "    ,    , no , consent.cookie-name",
        "tool,    , no , consent.cookie-granted",
        "tool,    ,    , consent.cookie-granted",
        "to ol, yes,   , consent.cookie-name",
        "tool, (yes,   , consent.cookie-granted",
        "tool, yes, no[, consent.cookie-refused"
    })
    void refusesWhatIsHalfSaidOrCannotBeRead(
            @Nullable String name, @Nullable String granted, @Nullable String refused, String setting) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new ConsentSettings(name, granted, refused, "euconsent-v2", Set.of(), false))
                .satisfies(invalid -> {
                    assertThat(invalid.setting()).isEqualTo(setting);
                    assertThat(invalid.action("reftrail.")).contains("Write reftrail." + setting + "=");
                });
    }

    @Test
    void byDefaultEveryClickMayBeKept() {
        assertThat(ConsentSettings.DEFAULT.policy()).isSameAs(ConsentPolicy.ALWAYS);
    }

    @ParameterizedTest
    @CsvSource({
        "tool=yes; tcf=COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA, GRANTED",
        "tool=no;  tcf=COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA, REFUSED",
        "tool=yes; tcf=broken, PENDING",
        "tool=yes, PENDING"
    })
    void whatIsSaidSeveralTimesMustHoldEachTime(String cookies, Consent consent) {
        ConsentSettings settings = new ConsentSettings("tool", "yes", null, "tcf", Set.of(1, 2), true);

        assertThat(settings.policy().decide(CookieConsentTests.request(cookies)))
                .isEqualTo(consent);
    }
}
