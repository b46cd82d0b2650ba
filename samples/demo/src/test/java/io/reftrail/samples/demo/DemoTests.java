package io.reftrail.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The command of the README, on the packaged applications. */
class DemoTests {

    @Test
    void theCheckPasses() throws Exception {
        assertThat(Demo.check()).isTrue();
    }
}
