package io.reftrail.benchmarks.site;

import io.reftrail.benchmarks.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The site's process: one Tomcat, so that all ways are served by the same compiled code. */
public final class Site implements AutoCloseable {

    private final JavaProcess process;
    private final int port;

    private Site(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it and waits until it listens. */
    public static Site start(Path directory) throws IOException {
        JavaProcess process = JavaProcess.start(
                SiteProcess.class.getName(), List.of("-Xms256m", "-Xmx256m"), directory, "site.log", List.of());
        String line = process.output().readLine();
        if (line == null) {
            process.close();
            throw new IOException("the site does not start, see site.log");
        }
        return new Site(process, Integer.parseInt(line));
    }

    /** Its port on the loopback interface. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }
}
