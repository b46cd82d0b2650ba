package io.example.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.example.DocumentedCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The code of docs/consent-and-privacy.md is the code that is compiled and tested here. */
class ConsentPageCodeTests {

    private final DocumentedCode code = new DocumentedCode("docs/consent-and-privacy.md", getClass());

    @Test
    void aPolicyAndAWithdrawalAreShown() throws IOException {
        assertThat(code.files()).containsExactly("ConsentConfiguration.java", "PrivacyController.java");
    }

    @Test
    void everyBlockIsTheCodeThatIsTested() throws IOException {
        code.assertCurrent();
    }
}
