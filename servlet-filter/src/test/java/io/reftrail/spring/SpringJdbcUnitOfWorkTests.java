package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Real transactions on real databases: whose connection is handed out, and when none is. */
class SpringJdbcUnitOfWorkTests {

    private final DriverManagerDataSource database = database();
    private final DriverManagerDataSource otherDatabase = database();
    private final JdbcTransactionManager manager = new JdbcTransactionManager(database);
    private final SpringJdbcUnitOfWork unitOfWork = new SpringJdbcUnitOfWork(database);
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final List<@Nullable Connection> seen = new ArrayList<>();

    private static DriverManagerDataSource database() {
        return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    private TransactionTemplate transaction(int propagation) {
        return new TransactionTemplate(manager, new DefaultTransactionDefinition(propagation));
    }

    private TransactionTemplate required() {
        return transaction(TransactionDefinition.PROPAGATION_REQUIRED);
    }

    private void look() {
        seen.add(unitOfWork.connection());
    }

    private void read() {
        jdbc.queryForObject("select 1", Integer.class);
    }

    @Test
    void thereIsNoneWithoutATransaction() {
        assertThat(unitOfWork.connection()).isNull();
    }

    @Test
    void whatIsWrittenThroughItIsRolledBackAndCommittedWithTheTransaction() {
        jdbc.execute("create table sign_up (name varchar)");
        required().executeWithoutResult(status -> {
            write();
            status.setRollbackOnly();
        });
        assertThat(jdbc.queryForObject("select count(*) from sign_up", Long.class))
                .isZero();
        required().executeWithoutResult(status -> write());
        assertThat(jdbc.queryForObject("select count(*) from sign_up", Long.class))
                .isEqualTo(1);
    }

    private void write() {
        try {
            Connection connection = unitOfWork.connection();
            assertThat(connection).isNotNull();
            connection.createStatement().executeUpdate("insert into sign_up values ('u-7')");
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void aNewTransactionInsideAnotherHasItsOwn() {
        required().executeWithoutResult(outer -> {
            look();
            transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult(inner -> look());
            look();
        });
        assertThat(seen).doesNotContainNull();
        assertThat(seen.get(1)).isNotSameAs(seen.get(0));
        assertThat(seen.get(2)).isSameAs(seen.get(0));
    }

    @Test
    void aNestedTransactionSharesItsOuterOnes() {
        required().executeWithoutResult(outer -> {
            look();
            transaction(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(inner -> look());
        });
        assertThat(seen).doesNotContainNull();
        assertThat(seen.get(1)).isSameAs(seen.get(0));
    }

    @Test
    void thereIsNoneWhereTheTransactionIsSuspended() {
        required().executeWithoutResult(outer -> transaction(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                .executeWithoutResult(inner -> {
                    look();
                    read();
                    look();
                }));
        assertThat(seen).containsOnlyNulls();
    }

    @Test
    void thereIsNoneInAScopeThatOnlySharesAConnection() {
        transaction(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult(status -> {
            read();
            look();
        });
        assertThat(seen).containsOnlyNulls();
    }

    @Test
    void thereIsNoneInAReadOnlyTransaction() {
        TransactionTemplate readOnly = required();
        readOnly.setReadOnly(true);
        readOnly.executeWithoutResult(status -> look());
        assertThat(seen).containsOnlyNulls();
    }

    @Test
    void thereIsNoneInAnotherDatabasesTransaction() {
        new TransactionTemplate(new JdbcTransactionManager(otherDatabase)).executeWithoutResult(status -> {
            look();
            read();
            look();
        });
        assertThat(seen).containsOnlyNulls();
    }

    @Test
    void aConnectionThatCommitsByItselfIsNotHandedOut() throws SQLException {
        ConnectionHolder bound = new ConnectionHolder(database.getConnection());
        new TransactionTemplate(new JdbcTransactionManager(otherDatabase)).executeWithoutResult(status -> {
            TransactionSynchronizationManager.bindResource(database, bound);
            look();
            TransactionSynchronizationManager.unbindResource(database);
        });
        assertThat(seen).containsOnlyNulls();
    }

    @Test
    void thereIsNoneWhereItCannotBeToldFromTheConnectionOfAReader() {
        required().executeWithoutResult(status -> {
            new JdbcTemplate(otherDatabase).queryForObject("select 1", Integer.class);
            look();
        });
        assertThat(seen).containsOnlyNulls();
    }

    @Test
    void aTransactionAwareProxyIsTheDatabaseBehindIt() {
        TransactionAwareDataSourceProxy proxy = new TransactionAwareDataSourceProxy(database);
        required().executeWithoutResult(status -> seen.add(new SpringJdbcUnitOfWork(proxy).connection()));
        assertThat(seen).doesNotContainNull();
    }

    @Test
    void onceCommittedThereIsNone() {
        required()
                .executeWithoutResult(status ->
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void afterCommit() {
                                look();
                            }

                            @Override
                            public void afterCompletion(int status) {
                                look();
                            }
                        }));
        assertThat(seen).hasSize(2).containsOnlyNulls();
    }
}
