package io.reftrail.outbox.jdbc;

import io.reftrail.testing.HandSetClock;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A database's clock that stands still until a test moves it: the only row of a table. */
final class TestClockTable {

    private final Dialect dialect;
    private final Connections connections;

    TestClockTable(Dialect dialect, Connections connections) {
        this.dialect = dialect;
        this.connections = connections;
    }

    /** The statements of an outbox that goes by this clock. */
    Sql sql() {
        return new Sql(dialect, TableNames.USUAL, "(SELECT millis FROM test_clock)");
    }

    void reset() {
        run(
                "DROP TABLE IF EXISTS test_clock",
                "CREATE TABLE test_clock (millis BIGINT)",
                "INSERT INTO test_clock VALUES (" + HandSetClock.START.toEpochMilli() + ")");
    }

    void advance(Duration by) {
        run("UPDATE test_clock SET millis = millis + " + by.toMillis());
    }

    void run(String... statements) {
        try {
            connections.inTransaction(connection -> {
                try (Statement statement = connection.createStatement()) {
                    for (String sql : statements) {
                        statement.execute(sql);
                    }
                }
                return true;
            });
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
