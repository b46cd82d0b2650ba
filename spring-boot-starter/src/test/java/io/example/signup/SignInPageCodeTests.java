package io.example.signup;

import static org.assertj.core.api.Assertions.assertThat;

import io.example.DocumentedCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The code of docs/sign-in.md is the code that is compiled and tested here. */
class SignInPageCodeTests {

    private final DocumentedCode code = new DocumentedCode("docs/sign-in.md", getClass());

    @Test
    void eachWayToSayThatSomebodyHasSignedUpIsShown() throws IOException {
        assertThat(code.files())
                .containsExactly(
                        "AnnotatedService.java",
                        "PublishingService.java",
                        "ConfirmedController.java",
                        "OtherFramework.java");
    }

    @Test
    void everyBlockIsTheCodeThatIsTested() throws IOException {
        code.assertCurrent();
    }
}
