package io.reftrail.samples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The command of the README, on the packaged applications. */
class DemoTests {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void theCheckPasses() throws Exception {
        boolean passed = Demo.check(new PrintStream(printed, true, UTF_8));
        assertThat(passed).as(() -> printed.toString(UTF_8)).isTrue();
    }
}
