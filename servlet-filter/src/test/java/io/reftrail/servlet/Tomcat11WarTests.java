package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.loader.WebappClassLoaderBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Tomcat11WarTests {

    /** Tomcat warns of each driver that an application leaves registered, and unregisters it itself. */
    @Test
    void anApplicationWithAnEmbeddedFileLeavesNothingBehindWhenItIsRedeployed(@TempDir Path application)
            throws ClassNotFoundException {
        new War(application)
                .library(Reftrail.class)
                .library(Class.forName("org.sqlite.JDBC"))
                .webXml(WarContract.filter("outbox.store", "embedded", "outbox.directory", application + "/leads"));
        Logger leaks = Logger.getLogger(WebappClassLoaderBase.class.getName());
        Warnings warnings = new Warnings();
        leaks.addHandler(warnings);
        try {
            for (int deployment = 0; deployment < 2; deployment++) {
                try (WebServer server = TomcatServer.deploy(application)) {
                    WarContract.assertCaptured(
                            RawRequest.navigation("/page?irw_id=one&a=b").send(server.port()));
                }
            }
        } finally {
            leaks.removeHandler(warnings);
        }
        assertThat(application.resolve("leads")).isDirectoryContaining("glob:**.db");
        assertThat(warnings.lines).isEmpty();
    }

    private static final class Warnings extends Handler {

        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord warning) {
            if (!warning.getMessage().startsWith("You need to add")) {
                lines.add(warning.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
