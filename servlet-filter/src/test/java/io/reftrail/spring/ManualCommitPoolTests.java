package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Connections that do not commit by themselves, as pools set up for Hibernate give them out. */
class ManualCommitPoolTests {

    private final ManualCommit database = new ManualCommit();
    private final DriverManagerDataSource otherDatabase = new ManualCommit();
    private final SpringJdbcUnitOfWork unitOfWork = new SpringJdbcUnitOfWork(database);

    private static final class ManualCommit extends DriverManagerDataSource {

        private boolean readOnly;

        ManualCommit() {
            super("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setAutoCommit(false);
            if (readOnly) {
                connection = Mockito.spy(connection);
                Mockito.doReturn(true).when(connection).isReadOnly();
            }
            return connection;
        }
    }

    @Test
    void theirTransactionIsJoined() {
        new TransactionTemplate(new JdbcTransactionManager(database))
                .executeWithoutResult(
                        status -> assertThat(unitOfWork.connection()).isNotNull());
    }

    @Test
    void aConnectionThatNobodyWillCommitIsNotHandedOut() {
        new TransactionTemplate(new JdbcTransactionManager(otherDatabase)).executeWithoutResult(status -> {
            new JdbcTemplate(database).queryForObject("select 1", Integer.class);
            assertThat(unitOfWork.connection()).isNull();
        });
    }

    @Test
    void aConnectionThatIsBoundWithoutATransactionIsNotHandedOut() throws SQLException {
        ConnectionHolder bound = new ConnectionHolder(database.getConnection());
        TransactionSynchronizationManager.initSynchronization();
        TransactionSynchronizationManager.bindResource(database, bound);
        try {
            assertThat(unitOfWork.connection()).isNull();
        } finally {
            TransactionSynchronizationManager.unbindResource(database);
            TransactionSynchronizationManager.clearSynchronization();
        }
    }

    @Test
    void aConnectionThatIsReadOnlyByItselfIsNotHandedOut() throws SQLException {
        database.readOnly = true;
        new TransactionTemplate(new JdbcTransactionManager(database))
                .executeWithoutResult(
                        status -> assertThat(unitOfWork.connection()).isNull());
    }

    @Test
    void aConnectionThatIsBrokenIsNotHandedOut() {
        List<@Nullable Connection> seen = new ArrayList<>();
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    breakConnection();
                    seen.add(unitOfWork.connection());
                }))
                .isInstanceOf(TransactionException.class);
        assertThat(seen).hasSize(1).containsOnlyNulls();
    }

    private void breakConnection() {
        try {
            DataSourceUtils.getConnection(database).close();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
