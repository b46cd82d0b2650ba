package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.outbox.OutboxException;
import io.reftrail.testing.MariaDbServer;
import io.reftrail.testing.PostgresServer;
import io.reftrail.testing.TestLeads;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;

/** How an outbox uses the connections of an application's pool. */
class PooledConnectionsTests {

    @Test
    @Tag("compatibility")
    void anEventOutsideOfATransactionIsOneRoundTrip() throws SQLException {
        try (Connection connection = MariaDbServer.dataSource().getConnection();
                JdbcOutbox outbox = JdbcOutbox.on(SingleConnectionPool.of(connection))
                        .createSchema(true)
                        .open()) {
            long before = questions(connection);
            outbox.enqueue(TestLeads.lead("introw", UUID.randomUUID().toString()));
            long asking = 1;

            assertThat(questions(connection) - before - asking).isOne();
        }
    }

    /** An index of a large table takes minutes. Anything else that takes 30 seconds is a server that has gone. */
    @Test
    void onlyTheSchemaMayTakeLong() throws SQLException {
        List<Integer> ofTheSchema = new ArrayList<>();
        List<Integer> ofOthers = new ArrayList<>();
        DataSource observed = Mockito.mock(DataSource.class);
        Mockito.when(observed.getConnection()).thenAnswer(call -> {
            Connection connection = Mockito.spy(PostgresServer.dataSource().getConnection());
            Mockito.doAnswer(create -> {
                        ofTheSchema.add(connection.getNetworkTimeout());
                        return create.callRealMethod();
                    })
                    .when(connection)
                    .createStatement();
            Mockito.doAnswer(prepare -> {
                        ofOthers.add(connection.getNetworkTimeout());
                        return prepare.callRealMethod();
                    })
                    .when(connection)
                    .prepareStatement(ArgumentMatchers.anyString());
            return connection;
        });

        try (JdbcOutbox outbox = JdbcOutbox.on(observed)
                .tablePrefix("patient_")
                .createSchema(true)
                .open()) {
            outbox.enqueue(TestLeads.lead("introw", UUID.randomUUID().toString()));
        }

        assertThat(ofTheSchema).isNotEmpty().containsOnly(0);
        assertThat(ofOthers).isNotEmpty().containsOnly(30_000);
    }

    /** The number of statements that the server has received from this connection. */
    private static long questions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW SESSION STATUS LIKE 'Questions'")) {
            row.next();
            return row.getLong(2);
        }
    }

    /** As of a DataSource that chooses the database by the calling thread's tenant. */
    @Test
    void anotherDatabaseThanThatOfTheStartIsRefused() throws SQLException {
        DataSource first = database();
        DataSource second = database();
        JdbcOutbox.on(second).createSchema(true).open().close();
        AtomicReference<DataSource> target = new AtomicReference<>(first);
        DataSource routing = Mockito.mock(DataSource.class);
        Mockito.when(routing.getConnection())
                .thenAnswer(call -> Objects.requireNonNull(target.get()).getConnection());
        try (JdbcOutbox outbox = JdbcOutbox.on(routing).createSchema(true).open()) {
            target.set(second);

            assertThatExceptionOfType(OutboxException.class)
                    .isThrownBy(() -> outbox.enqueue(TestLeads.lead("introw", "kim")))
                    .withMessageContaining("another database than at the start");

            target.set(first);
            outbox.enqueue(TestLeads.lead("introw", "kim"));
            assertThat(outbox.depth("introw")).isOne();
        }
        try (JdbcOutbox other = JdbcOutbox.on(second).open()) {
            assertThat(other.depth("introw")).isZero();
        }
    }

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return database;
    }
}
