package io.reftrail.benchmarks.signin;

import io.reftrail.benchmarks.JavaProcess;
import io.reftrail.benchmarks.load.Load;
import io.reftrail.benchmarks.load.LoadResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One process of the application, with its own backend. */
final class Application implements AutoCloseable {

    private static final String BODY = "username=u############&password=password";

    /** Everybody is new, and has followed a partner's link. */
    private static final String SIGN_IN = "POST /login HTTP/1.1\r\nHost: shop.example\r\n"
            + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
            + "Cookie: refp_id=clk_############; theme=dark\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;

    private final JavaProcess process;
    private final int port;

    private Application(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param options where its leads wait
     */
    static Application start(Path parent, BackendState state, URI backend, List<String> options) throws IOException {
        Path directory = Files.createDirectories(parent.resolve(state.name()));
        List<String> arguments = new ArrayList<>(options);
        arguments.add("--server.port=0");
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--server.tomcat.max-keep-alive-requests=-1");
        arguments.add("--spring.main.banner-mode=off");
        arguments.add("--reftrail.enabled=" + (state != BackendState.NOT_CALLED));
        arguments.add("--reftrail.refport.api-key=key");
        arguments.add("--reftrail.refport.base-url=" + backend);
        JavaProcess process = JavaProcess.start(
                SignInApplication.class.getName(), List.of("-Xms512m", "-Xmx512m"), directory, "log", arguments);
        String line = process.output().readLine();
        if (line == null) {
            process.close();
            throw new IOException("the application does not start, see " + directory);
        }
        return new Application(process, Integer.parseInt(line));
    }

    LoadResult signIn(Load load, double seconds) throws IOException {
        return load.run(port, List.of(SIGN_IN), seconds);
    }

    @Override
    public void close() {
        process.close();
    }
}
