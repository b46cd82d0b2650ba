package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.testing.MariaDbServer;
import io.reftrail.testing.TestLeads;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("compatibility")
class MariaDbTransactionTests extends JoinedTransactionContract {

    private final DataSource dataSource = MariaDbServer.dataSource();

    MariaDbTransactionTests() {
        super(MariaDbServer.dataSource());
    }

    /** InnoDB rolls back the whole transaction of a deadlock's victim, and begins another with the next statement. */
    @Test
    void noHalfOfASignUpIsCommittedAfterADeadlock() throws Exception {
        execute("INSERT INTO account VALUES ('contended')");
        try (Connection other = dataSource.getConnection();
                Connection victim = dataSource.getConnection()) {
            other.setAutoCommit(false);
            victim.setAutoCommit(false);
            JdbcOutbox outbox =
                    JdbcOutbox.on(dataSource).unitOfWork(joining(victim)).open();
            JdbcOutbox others =
                    JdbcOutbox.on(dataSource).unitOfWork(joining(other)).open();

            others.enqueue(TestLeads.lead("introw", "a"));
            makeHeavy(other);
            execute(victim, "INSERT INTO account VALUES ('first half')");
            execute(victim, "UPDATE account SET id = id WHERE id = 'contended'");
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(
                    () -> unchecked(() -> execute(other, "UPDATE account SET id = id WHERE id = 'contended'")));
            Awaitility.await().until(this::somebodyWaits);

            assertThatExceptionOfType(OutboxException.class)
                    .isThrownBy(() -> outbox.enqueue(TestLeads.lead("introw", "a")))
                    .withMessageContaining("SQL state 40001");
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> {
                execute(victim, "INSERT INTO account VALUES ('second half')");
                victim.commit();
            });
            waiting.join();
            other.commit();
        }

        assertThat(accountsOf("first half")).isZero();
        assertThat(accountsOf("second half")).isZero();
    }

    private static UnitOfWork joining(Connection connection) {
        return new UnitOfWork() {
            @Override
            public void afterCommit(Runnable action) {}

            @Override
            public Connection connection() {
                return connection;
            }
        };
    }

    /** The victim of a deadlock is the transaction that has written less. */
    private static void makeHeavy(Connection connection) throws SQLException {
        for (int row = 0; row < 50; row++) {
            execute(connection, "INSERT INTO account VALUES ('heavy " + row + "')");
        }
    }

    private boolean somebodyWaits() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM information_schema.innodb_lock_waits")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    private int accountsOf(String id) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM account WHERE id = '" + id + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws SQLException;
    }

    private static void unchecked(Action action) {
        try {
            action.run();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
