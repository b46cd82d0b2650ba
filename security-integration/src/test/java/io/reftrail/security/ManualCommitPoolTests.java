package io.reftrail.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Connections that do not commit by themselves, as pools set up for Hibernate give them out. */
class ManualCommitPoolTests {

    private final DriverManagerDataSource database = new ManualCommit();
    private final DriverManagerDataSource otherDatabase = new ManualCommit();
    private final SpringJdbcUnitOfWork unitOfWork = new SpringJdbcUnitOfWork(database);

    private static final class ManualCommit extends DriverManagerDataSource {

        ManualCommit() {
            super("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setAutoCommit(false);
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
}
