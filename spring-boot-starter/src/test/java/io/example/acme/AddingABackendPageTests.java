package io.example.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.example.DocumentedCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The code of docs/adding-a-backend.md is the code that is compiled and tested here. */
class AddingABackendPageTests {

    private final DocumentedCode code = new DocumentedCode("docs/adding-a-backend.md", getClass());

    @Test
    void everyBlockIsAFileAndEveryStepHasOne() throws IOException {
        assertThat(code.files())
                .containsExactly(
                        "TaboolaTests.java",
                        "AcmeBackend.java",
                        "AcmeBackendTests.java",
                        "BorealisBackend.java",
                        "BorealisBackendTests.java",
                        "AcmeConfiguration.java",
                        "AcmeListener.java",
                        "AcmeProvider.java");
    }

    @Test
    void everyBlockIsTheCodeThatIsTested() throws IOException {
        code.assertCurrent();
    }
}
