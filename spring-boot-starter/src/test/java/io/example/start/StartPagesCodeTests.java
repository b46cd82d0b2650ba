package io.example.start;

import io.example.DocumentedCode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole files on these pages are what is compiled and tested here. */
class StartPagesCodeTests {

    @ParameterizedTest
    @ValueSource(strings = {"docs/getting-started.md", "docs/delivery.md"})
    void everyBlockIsTheCodeThatIsTested(String page) throws IOException {
        new DocumentedCode(page, getClass()).assertCurrent();
    }
}
