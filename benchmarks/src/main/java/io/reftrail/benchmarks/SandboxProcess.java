package io.reftrail.benchmarks;

import io.reftrail.samples.demo.FreePorts;
import io.reftrail.samples.demo.JavaProcess;
import io.reftrail.samples.demo.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The sandbox backend in a process of its own, without rate limits. */
public final class SandboxProcess implements AutoCloseable {

    private final JavaProcess process;
    private final Sandbox sandbox;

    private SandboxProcess(JavaProcess process, Sandbox sandbox) {
        this.process = process;
        this.sandbox = sandbox;
    }

    /**
     * Starts the process and waits until it answers.
     *
     * @param merchant the address that partners' links lead to
     */
    public static SandboxProcess start(Path directory, URI merchant) throws IOException, InterruptedException {
        int port = new FreePorts().any();
        JavaProcess process = JavaProcess.startJar(
                JavaProcess.applicationJar(Path.of("samples", "sandbox-backend")),
                List.of("-Xmx768m", "-XX:+UseSerialGC"),
                directory.resolve("sandbox.log"),
                List.of(
                        "--server.port=" + port,
                        "--sandbox.merchant-url=" + merchant,
                        "--sandbox.affonso.rate-limit=0",
                        "--sandbox.dub.rate-limit=0"));
        URI address = URI.create("http://127.0.0.1:" + port);
        process.awaitReady(address);
        return new SandboxProcess(process, new Sandbox(address));
    }

    /** Returns a client of the sandbox. */
    public Sandbox sandbox() {
        return sandbox;
    }

    @Override
    public void close() {
        process.close();
    }
}
