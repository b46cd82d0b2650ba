package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.testing.MariaDbServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

@Tag("compatibility")
class MariaDbOutboxTests extends DurableOutboxContract {

    /** What may be read as a whole: a row for each process or name. */
    private static final Set<String> SMALL =
            Set.of("test_clock", "reftrail_note", "reftrail_sender", "reftrail_setting");

    private static final Set<String> STATEMENTS = ConcurrentHashMap.newKeySet();

    MariaDbOutboxTests() {
        super(new MySqlDialect(), JdbcOutbox.on(MariaDbServer.pool()));
    }

    @Override
    Connections connect() {
        return new RecordedStatements(super.connect(), STATEMENTS);
    }

    /** With few rows MariaDB reads tables as a whole, but says which indexes it could use. */
    @AfterAll
    static void eachStatementOfAnyOfTheseTestsCanUseAnIndex() throws SQLException {
        List<String> readWhole = new ArrayList<>();
        List<String> searching = RecordedStatements.searching(STATEMENTS);
        try (Connection connection = MariaDbServer.pool().getConnection();
                Statement explain = connection.createStatement()) {
            for (String statement : searching) {
                try (ResultSet row = explain.executeQuery("EXPLAIN " + withValues(statement))) {
                    while (row.next()) {
                        String table = row.getString("table");
                        if ("ALL".equals(row.getString("type"))
                                && row.getString("possible_keys") == null
                                && !table.startsWith("<")
                                && !SMALL.contains(table)) {
                            readWhole.add(table + ": " + statement);
                        }
                    }
                }
            }
        }
        assertThat(searching).hasSizeGreaterThan(50);
        assertThat(readWhole).isEmpty();
    }

    private static String withValues(String statement) {
        return statement.replace("LIMIT ?", "LIMIT 100").replace("?", "'7'");
    }
}
