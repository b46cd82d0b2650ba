package io.reftrail.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;

class RedactedFailureTests {

    private static String logged(Throwable failure) {
        StringWriter text = new StringWriter();
        RedactedFailure.of(failure).printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void theMessageOfAnybodysExceptionIsNotLogged() {
        assertThat(logged(new IllegalStateException("kim@example.org", new RuntimeException("kim"))))
                .startsWith("java.lang.IllegalStateException")
                .contains("Caused by: java.lang.RuntimeException")
                .contains("RedactedFailureTests")
                .doesNotContain("kim");
    }

    @Test
    void theMessageThatExplainsADefectOfOursIsLogged() {
        Throwable defect = new RuntimeException(
                "kim", new DefectException("no provider has HmacSHA256", new NoSuchAlgorithmException("kim")));

        assertThat(logged(defect))
                .contains("Caused by: io.reftrail.model.DefectException: no provider has HmacSHA256")
                .contains("Caused by: java.security.NoSuchAlgorithmException")
                .doesNotContain("kim");
    }
}
