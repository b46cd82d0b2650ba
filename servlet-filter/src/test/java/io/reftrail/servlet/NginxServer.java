package io.reftrail.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** An nginx of the machine on a free loopback port, with its default buffers, in front of a server. */
final class NginxServer implements AutoCloseable {

    private final Process process;
    private final int port;

    private NginxServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns the program, or {@code null} if the machine has none. */
    static @Nullable Path program() {
        return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** @param locations the configuration of the server, in which {@code ORIGIN} stands for the server behind it */
    static NginxServer start(Path program, Path directory, int origin, String locations) {
        try {
            int port = freePort();
            Files.createDirectories(directory.resolve("logs"));
            Path configuration = directory.resolve("nginx.conf");
            Files.writeString(
                    configuration, """
                    daemon off;
                    worker_processes 1;
                    pid nginx.pid;
                    error_log logs/error.log;
                    events { worker_connections 64; }
                    http {
                      access_log off;
                      client_body_temp_path body;
                      proxy_temp_path proxy;
                      fastcgi_temp_path fastcgi;
                      uwsgi_temp_path uwsgi;
                      scgi_temp_path scgi;
                      large_client_header_buffers 8 32k;
                      server {
                        listen 127.0.0.1:%d;
                        %s
                      }
                    }
                    """.formatted(port, locations.replace("ORIGIN", "http://127.0.0.1:" + origin)));
            Process process = new ProcessBuilder(
                            List.of(program.toString(), "-p", directory.toString(), "-c", configuration.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("logs/out.log").toFile())
                    .start();
            Awaitility.await().until(() -> !process.isAlive() || isOpen(port));
            return new NginxServer(process, port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
