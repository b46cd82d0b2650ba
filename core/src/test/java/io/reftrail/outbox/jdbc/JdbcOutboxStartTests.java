package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.testing.PostgresServer;
import io.reftrail.testing.TestLeads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Answers;
import org.mockito.Mockito;

/** What an outbox says when it cannot begin, and what it does when several begin at once. */
class JdbcOutboxStartTests {

    @TempDir
    private Path directory;

    @Test
    void missingTablesAreNamedWithTheWayOut() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> JdbcOutbox.on(emptyH2("missing")).open())
                .satisfies(invalid -> {
                    assertThat(invalid.setting()).isEqualTo("outbox.initialize-schema");
                    assertThat(invalid.problem()).contains("tables").contains("H2");
                    assertThat(invalid.action("reftrail."))
                            .contains("'always'")
                            .contains("io/reftrail/outbox/schema/h2/R__reftrail_outbox.sql");
                });
    }

    @Test
    void tablesOfALaterReleaseAreRefused() throws SQLException {
        DataSource dataSource = emptyH2("later");
        JdbcOutbox.on(dataSource).createSchema(true).open().close();
        execute(dataSource, "UPDATE reftrail_setting SET text = '3' WHERE name = 'schema-version'");

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> JdbcOutbox.on(dataSource).open())
                .satisfies(invalid -> assertThat(invalid.problem()).contains("version 3"));
    }

    @Test
    void tablesOfAnEarlierReleaseAreBroughtUpToDateOnlyWhenThatIsAskedFor() throws SQLException {
        DataSource dataSource = emptyH2("earlier");
        JdbcOutbox.on(dataSource).createSchema(true).open().close();
        execute(dataSource, "DROP TABLE reftrail_customer");
        execute(dataSource, "UPDATE reftrail_setting SET text = '1' WHERE name = 'schema-version'");

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> JdbcOutbox.on(dataSource).open())
                .satisfies(invalid -> assertThat(invalid.problem()).contains("version 1", "needs 2"));
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).createSchema(true).open()) {
            outbox.recordFirstSignIns(Map.of("mia", Instant.EPOCH));
            assertThat(outbox.firstSignIn("mia")).isEqualTo(Instant.EPOCH);
        }
    }

    /** Each question would be a round trip on each start of each node. */
    @Test
    void tablesThatAreThereAreAskedOnce() throws SQLException {
        DataSource dataSource = emptyH2("complete");
        JdbcOutbox.on(dataSource).createSchema(true).open().close();
        Connection connection = Mockito.spy(dataSource.getConnection());
        DataSource counted = Mockito.mock(DataSource.class);
        Mockito.when(counted.getConnection()).thenReturn(connection);
        Mockito.doNothing().when(connection).close();

        try (JdbcOutbox outbox = JdbcOutbox.on(counted).open()) {
            assertThat(outbox.journeys()).isNotNull();
            Mockito.verify(connection).prepareStatement(Mockito.anyString());
            Mockito.verify(connection, Mockito.never()).createStatement();
        }
    }

    @Test
    void aDatabaseThatEndsWithItsConnectionIsRefused() {
        JdbcDataSource fleeting = new JdbcDataSource();
        fleeting.setURL("jdbc:h2:mem:");

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> JdbcOutbox.on(fleeting).createSchema(true).open())
                .satisfies(invalid -> assertThat(invalid.action("")).contains("DB_CLOSE_DELAY"));
    }

    @Test
    void aDatabaseThatIsNotSpokenIsNamed() throws SQLException {
        DataSource dataSource = Mockito.mock(DataSource.class, Answers.RETURNS_DEEP_STUBS);
        Mockito.when(dataSource.getConnection().getMetaData().getDatabaseProductName())
                .thenReturn("Oracle");

        assertThat(JdbcOutbox.supports(dataSource)).isFalse();
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> JdbcOutbox.on(dataSource).open())
                .satisfies(invalid -> {
                    assertThat(invalid.setting()).isEqualTo("outbox.store");
                    assertThat(invalid.problem()).contains("Oracle");
                });
    }

    @Test
    void anEmbeddedFileThatCannotBeWrittenIsNamed() throws IOException {
        Path notADirectory = Files.writeString(directory.resolve("file"), "");

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() ->
                        JdbcOutbox.embedded(notADirectory.resolve("outbox.db")).open())
                .satisfies(invalid -> {
                    assertThat(invalid.setting()).isEqualTo("outbox.directory");
                    assertThat(invalid.problem()).contains(notADirectory.toString());
                    assertThat(invalid.action("reftrail.")).contains("reftrail.outbox.store");
                });
    }

    @Test
    void anEmbeddedFileIsMadeWithItsDirectoryAndSynchronisesEachCommit() throws SQLException {
        Path file = directory.resolve("deep/down/outbox.db");
        try (JdbcOutbox outbox = JdbcOutbox.embedded(file).open()) {
            outbox.enqueue(TestLeads.lead("introw", "a"));
            assertThat(file).isRegularFile();
        }
        try (SqliteFile connection = new SqliteFile(file)) {
            String mode = connection.inTransaction(own -> pragma(own, "journal_mode"));
            String synchronous = connection.inTransaction(own -> pragma(own, "synchronous"));
            assertThat(mode).isEqualTo("wal");
            assertThat(synchronous).isEqualTo("2");
        }
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void nodesThatStartTogetherAgreeOnTablesAndKey() throws Exception {
        DataSource dataSource = PostgresServer.dataSource();
        execute(dataSource, "DROP TABLE IF EXISTS reftrail_event, reftrail_sender, reftrail_setting");
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<JdbcOutbox>> starting = new ArrayList<>();
            for (int node = 0; node < 6; node++) {
                starting.add(threads.submit(
                        () -> JdbcOutbox.on(dataSource).createSchema(true).open()));
            }
            int accepted = 0;
            for (Future<JdbcOutbox> node : starting) {
                try (JdbcOutbox outbox = node.get()) {
                    boolean isNew = outbox.enqueue(TestLeads.lead("introw", "together")) == Outbox.Enqueued.ACCEPTED;
                    accepted += isNew ? 1 : 0;
                }
            }
            assertThat(accepted).isOne();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aClosedOutboxTakesNothing() {
        JdbcOutbox outbox = JdbcOutbox.embedded(directory.resolve("outbox.db")).open();
        outbox.close();
        outbox.close();

        assertThatExceptionOfType(OutboxException.class)
                .isThrownBy(() -> outbox.enqueue(TestLeads.lead("introw", "a")))
                .withMessage("the outbox is closed");
    }

    @Test
    void aRetentionThatKeepsNothingIsRefused() {
        JdbcOutboxBuilder builder = JdbcOutbox.embedded(directory.resolve("outbox.db"));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> builder.retention(Duration.ZERO))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("outbox.retention"));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> builder.deadRetention(Duration.ofSeconds(-1)))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("outbox.dead-retention"));
    }

    private static DataSource emptyH2(String name) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return dataSource;
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
