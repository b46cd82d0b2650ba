package io.reftrail.spring.boot.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.core.SpringSecurityCoreVersion;

/** An application that requires one factor and reports after all: what it lacks depends on the line. */
@ExtendWith(OutputCaptureExtension.class)
class FactorsLineTests {

    @Test
    void allFactorsAreRefusedWhereNobodyCanSayWhichTheyAre(CapturedOutput output) {
        boolean knowsFactors =
                !String.valueOf(SpringSecurityCoreVersion.getVersion()).startsWith("6.");

        assertThatThrownBy(() -> new Shop("reftrail.lead.factors=all")).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("reftrail.lead.factors")
                .contains(
                        knowsFactors
                                ? "there is no AuthorizationManagerFactory bean"
                                : "'all' needs Spring Security 7");
    }
}
