package io.reftrail.outbox.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.journey.Conversion;
import io.reftrail.journey.Touch;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.Outbox.Enqueued;
import io.reftrail.testing.H2Server;
import io.reftrail.testing.MariaDbServer;
import io.reftrail.testing.PostgresServer;
import io.reftrail.testing.TestLeads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that share a database keep their leads apart by a prefix or by a schema. */
class TableNamesTests {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE IF NOT EXISTS (\\S+)");

    static Stream<Arguments> databases() throws SQLException {
        return Stream.of(
                Arguments.of("PostgreSQL", PostgresServer.dataSource()),
                Arguments.of("MariaDB", MariaDbServer.dataSource()),
                Arguments.of("H2", H2Server.dataSource()));
    }

    @Tag("compatibility")
    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void applicationsWithDifferentPrefixesDoNotShareLeads(String name, DataSource dataSource) throws Exception {
        drop(dataSource, "", "one_");
        drop(dataSource, "", "reftrail_two_");
        try (JdbcOutbox one = open(dataSource, null, "one_");
                JdbcOutbox two = open(dataSource, null, "reftrail_two_")) {
            assertThatTheyAreApart(one, two);
        }
    }

    @Tag("compatibility")
    @ParameterizedTest(name = "{0}")
    @MethodSource("databases")
    void applicationsWithDifferentSchemasDoNotShareLeads(String name, DataSource dataSource) throws Exception {
        execute(dataSource, "CREATE SCHEMA IF NOT EXISTS other_app");
        drop(dataSource, "other_app.", "one_");
        drop(dataSource, "", "one_");
        try (JdbcOutbox one = open(dataSource, null, "one_");
                JdbcOutbox two = open(dataSource, "other_app", "one_")) {
            assertThatTheyAreApart(one, two);
        }
        try (JdbcOutbox again = open(dataSource, "other_app", "one_")) {
            assertThat(again.find("introw", "Sign Up", "kim")).isNotNull();
        }
    }

    private static JdbcOutbox open(DataSource dataSource, @Nullable String schema, String prefix) {
        return JdbcOutbox.on(dataSource)
                .schema(schema)
                .tablePrefix(prefix)
                .createSchema(true)
                .open();
    }

    private static void assertThatTheyAreApart(JdbcOutbox one, JdbcOutbox two) {
        one.enqueue(TestLeads.lead("introw", "kim"));
        one.recordFirstSignIns(Map.of("kim", Instant.EPOCH));
        assertThat(two.find("introw", "Sign Up", "kim")).isNull();
        assertThat(two.firstSignIn("kim")).isNull();
        assertThat(two.claim("introw", 10, LEASE)).isEmpty();
        assertThat(two.enqueue(TestLeads.lead("introw", "kim"))).isEqualTo(Enqueued.ACCEPTED);
        assertThat(two.senders()).isOne();
        assertThat(one.senders()).isOne();
        assertThat(one.purge()).isZero();
        assertThat(one.claim("introw", 10, LEASE)).hasSize(1);
        Touch touch = new Touch(Instant.EPOCH, Touch.Origin.DIRECT, "direct", null, "/", Touch.Utm.NONE, null, null);
        assertThat(requireNonNull(one.journeys()).open("kim", List.of(touch), Conversion.signUp(Instant.EPOCH)))
                .isTrue();
        assertThat(requireNonNull(two.journeys()).find("kim")).isNull();
        assertThat(one.forget("kim")).isEqualTo(4);
        assertThat(two.depth("introw")).isOne();
        assertThat(two.stored("kim")).isNotEmpty();
        assertThat(two.purge()).isZero();
        assertThat(two.forget("nobody")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "mysql", "postgresql", "sqlite"})
    void eachTableOfAScriptIsInTheSchema(String database) throws IOException {
        String script = script(database);

        List<String> tables = TABLE.matcher(new TableNames("other_app", "one_").in(script))
                .results()
                .map(table -> table.group(1))
                .toList();

        assertThat(tables).hasSizeGreaterThan(10).allMatch(table -> table.startsWith("other_app.one_"));
    }

    @Test
    void aFileHasNoSchemas(@TempDir Path directory) {
        JdbcOutboxBuilder file = JdbcOutbox.embedded(directory.resolve("outbox.db"));

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(file.schema("shop")::open)
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("outbox.schema"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1_", "my-app_", "x; DROP TABLE account --", "a.b_", "ä_", "a23456789b123456789c123456789d_"
            })
    void whatIsNoPlainIdentifierIsRefused(String name) {
        JdbcOutboxBuilder builder = JdbcOutbox.on(H2Server.dataSource());

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> builder.tablePrefix(name))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("outbox.table-prefix"));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> builder.schema(name))
                .satisfies(invalid -> assertThat(invalid.setting()).isEqualTo("outbox.schema"));
    }

    private static String script(String database) throws IOException {
        String name = "/io/reftrail/outbox/schema/" + database + "/R__reftrail_outbox.sql";
        try (InputStream script = requireNonNull(JdbcOutbox.class.getResourceAsStream(name))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void drop(DataSource dataSource, String schema, String prefix) throws SQLException, IOException {
        for (String table : TABLE.matcher(script("h2"))
                .results()
                .map(found -> found.group(1))
                .toList()) {
            execute(dataSource, "DROP TABLE IF EXISTS " + schema + table.replace("reftrail_", prefix));
        }
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
