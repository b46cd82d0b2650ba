package io.reftrail.testing;

import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/** The build brings servers for one platform only. */
final class ServerBinaries {

    private ServerBinaries() {}

    /** Skips the test elsewhere. */
    static void require(String server) {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        Assumptions.assumeTrue(
                platform.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)"),
                () -> "SKIPPED: the build brings " + server + " for Linux on x86-64, and this is " + platform);
    }
}
