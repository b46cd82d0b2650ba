package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.testing.MariaDbServer;
import io.reftrail.testing.PostgresServer;
import io.reftrail.testing.TestLeads;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.ui.LoggerUIService;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts are ready for the migrations that an application has already, and can be run again. */
@Tag("compatibility")
class MigrationTests {

    static Stream<Arguments> servers() throws SQLException {
        return Stream.of(
                Arguments.of("postgresql", PostgresServer.dataSource()),
                Arguments.of("mysql", MariaDbServer.dataSource()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("servers")
    void flywayMakesTheTables(String database, DataSource dataSource) throws SQLException {
        dropTables(dataSource);

        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:io/reftrail/outbox/schema/" + database)
                .baselineOnMigrate(true)
                .load()
                .migrate();

        assertThatTheOutboxWorks(dataSource);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("servers")
    void liquibaseMakesTheTables(String database, DataSource dataSource) throws Exception {
        dropTables(dataSource);

        try (Connection connection = dataSource.getConnection()) {
            Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()), () -> new CommandScope(
                            UpdateCommandStep.COMMAND_NAME)
                    .addArgumentValue(
                            DbUrlConnectionArgumentsCommandStep.DATABASE_ARG,
                            DatabaseFactory.getInstance()
                                    .findCorrectDatabaseImplementation(new JdbcConnection(connection)))
                    .addArgumentValue(
                            UpdateCommandStep.CHANGELOG_FILE_ARG,
                            "io/reftrail/outbox/schema/" + database + "/R__reftrail_outbox.sql")
                    .execute());
        }

        assertThatTheOutboxWorks(dataSource);
    }

    private static void assertThatTheOutboxWorks(DataSource dataSource) {
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).open()) {
            outbox.enqueue(TestLeads.lead("introw", "migrated"));
        }
        try (JdbcOutbox again = JdbcOutbox.on(dataSource).createSchema(true).open()) {
            assertThat(again.claim("introw", 10, Duration.ofSeconds(30))).hasSize(1);
        }
    }

    private static void dropTables(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : new String[] {
                "reftrail_event", "reftrail_sender", "reftrail_setting", "flyway_schema_history",
                "databasechangelog", "databasechangeloglock", "DATABASECHANGELOG", "DATABASECHANGELOGLOCK"
            }) {
                statement.execute("DROP TABLE IF EXISTS " + table);
            }
        }
    }
}
