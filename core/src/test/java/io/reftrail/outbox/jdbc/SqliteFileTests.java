package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.testing.TestLeads;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded file, as an operator and a container find it. */
class SqliteFileTests {

    @TempDir
    private Path directory;

    @Test
    void onlyTheOwnerReadsTheFileAndItsLog() throws IOException {
        Path file = directory.resolve("leads/shop.db");
        try (JdbcOutbox outbox = JdbcOutbox.embedded(file).open()) {
            outbox.enqueue(TestLeads.lead("introw", "kim"));

            assertThat(permissions(directory.resolve("leads"))).isEqualTo("rwx------");
            for (String part : List.of("shop.db", "shop.db-wal", "shop.db-shm")) {
                assertThat(permissions(file.resolveSibling(part))).as(part).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aFileOfAnEarlierReleaseIsKeptToItsOwnerAndItsDirectoryStaysAsItIs() throws IOException {
        Path file = Files.createFile(directory.resolve("shop.db"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        JdbcOutbox.embedded(file).open().close();

        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(directory)).isEqualTo("rwxr-xr-x");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void theOperatorIsToldTheWholePath() {
        Path relative = Path.of("").toAbsolutePath().relativize(directory.resolve("shop.db"));
        try (JdbcOutbox outbox = JdbcOutbox.embedded(relative).open()) {
            assertThat(outbox.toString())
                    .endsWith(directory.resolve("shop.db").toString())
                    .contains("the file /");
        }
    }

    @Test
    void processesWithTheSameBackendsShareAFile() {
        try (JdbcOutbox one = open("affonso, introw");
                JdbcOutbox other = open("affonso, introw")) {
            assertThat(one.senders()).isOne();
            assertThat(other.senders()).isEqualTo(2);
        }
    }

    @Test
    void anApplicationWithOtherBackendsIsRefusedWhileTheFileIsInUse() throws InterruptedException {
        ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
        try (JdbcOutbox outbox = open("affonso")) {
            outbox.senders();
            Future<?> beats = heart.scheduleWithFixedDelay(outbox::senders, 0, 100, TimeUnit.MILLISECONDS);

            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> open("introw"))
                    .satisfies(invalid -> {
                        assertThat(invalid.setting()).isEqualTo("outbox.directory");
                        assertThat(invalid.problem())
                                .contains(directory.resolve("shop.db").toString(), "affonso", "introw");
                    });
            beats.cancel(false);
            heart.shutdown();
            assertThat(heart.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            heart.shutdownNow();
        }
    }

    @Test
    void afterTheOwnerHasEndedAnotherOneMayUseTheFile() {
        try (JdbcOutbox outbox = open("affonso")) {
            outbox.senders();
        }
        try (JdbcOutbox outbox = open("introw")) {
            assertThat(outbox.senders()).isOne();
        }
    }

    private JdbcOutbox open(String owner) {
        return JdbcOutbox.embedded(directory.resolve("shop.db")).owner(owner).open();
    }

    /** Version 2 had no indexes but the one for claims. */
    @Test
    void aFileOfAnEarlierReleaseGetsItsIndexesAtTheStart() throws SQLException {
        Path file = directory.resolve("shop.db");
        JdbcOutbox.embedded(file).open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String index : List.of("customer", "follows", "dead", "settled", "clicks")) {
                statement.execute("DROP INDEX reftrail_event_" + index);
            }
            statement.execute("DELETE FROM reftrail_setting WHERE name = 'indexes'");
        }

        try (JdbcOutbox outbox = JdbcOutbox.embedded(file).open();
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            assertThat(outbox.depth("introw")).isZero();
            assertThat(names(connection))
                    .contains(
                            "reftrail_event_customer",
                            "reftrail_event_follows",
                            "reftrail_event_dead",
                            "reftrail_event_settled",
                            "reftrail_event_clicks");
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'index'")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    /** As a server redeploys a web application that has the driver in its own libraries. */
    @Test
    void aWebApplicationThatIsStoppedLeavesNoDriverBehind() throws Exception {
        try (URLClassLoader application = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Object probe = application
                    .loadClass(Redeployment.class.getName())
                    .getDeclaredConstructor(Path.class)
                    .newInstance(directory.resolve("shop.db"));
            assertThat(((Callable<?>) probe).call()).isEqualTo(List.of());
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(new File(entry).toURI().toURL());
        }
        URI driver = locationOf("org.sqlite.JDBC");
        urls.add(driver.toURL());
        urls.add(locationOf(JdbcOutbox.class.getName()).toURL());
        urls.add(locationOf(Redeployment.class.getName()).toURL());
        return urls.toArray(URL[]::new);
    }

    private static URI locationOf(String type) {
        try {
            return Class.forName(type)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
        } catch (ReflectiveOperationException | java.net.URISyntaxException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Opens and closes an outbox in its own class loader, and returns the drivers that stay registered for it. */
    public static final class Redeployment implements Callable<List<String>> {

        private final Path file;

        /** @param file the outbox's file */
        public Redeployment(Path file) {
            this.file = file;
        }

        @Override
        public List<String> call() {
            JdbcOutbox.embedded(file).open().close();
            return DriverManager.drivers()
                    .map(Driver::getClass)
                    .map(Class::getName)
                    .filter(name -> name.startsWith("org.sqlite"))
                    .toList();
        }
    }
}
