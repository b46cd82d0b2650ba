package io.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.example.DocumentedCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The code of docs/backends.md is the code that is compiled and tested here. */
class BackendsPageCodeTests {

    private final DocumentedCode code = new DocumentedCode("docs/backends.md", getClass());

    @Test
    void salesAndBothCheckoutsAreShown() throws IOException {
        assertThat(code.files()).containsExactly("PaymentWebhook.java", "StripeCheckout.java", "PaddleCheckout.java");
    }

    @Test
    void everyBlockIsTheCodeThatIsTested() throws IOException {
        code.assertCurrent();
    }
}
