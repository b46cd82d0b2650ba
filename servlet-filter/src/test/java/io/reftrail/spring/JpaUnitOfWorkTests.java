package io.reftrail.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

/** Hibernate's transactions, through Spring's transaction manager for JPA. */
class JpaUnitOfWorkTests {

    private final DriverManagerDataSource database =
            new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    private final LocalContainerEntityManagerFactoryBean hibernate = hibernate(database);
    private final JpaTransactionManager manager = manager(Objects.requireNonNull(hibernate.getObject()));
    private final SpringJdbcUnitOfWork unitOfWork = new SpringJdbcUnitOfWork(database);
    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    private static LocalContainerEntityManagerFactoryBean hibernate(DriverManagerDataSource database) {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(database);
        factory.setManagedTypes(PersistenceManagedTypes.of());
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "none"));
        factory.afterPropertiesSet();
        return factory;
    }

    private static JpaTransactionManager manager(EntityManagerFactory factory) {
        JpaTransactionManager manager = new JpaTransactionManager(factory);
        manager.afterPropertiesSet();
        return manager;
    }

    @AfterEach
    void closeHibernate() {
        hibernate.destroy();
    }

    @Test
    void whatIsWrittenThroughItIsRolledBackAndCommittedWithTheTransaction() {
        jdbc.execute("create table sign_up (name varchar)");
        TransactionTemplate transaction = new TransactionTemplate(manager);
        transaction.executeWithoutResult(status -> {
            write();
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> write());
        assertThat(jdbc.queryForList("select name from sign_up", String.class)).isEqualTo(List.of("u-7"));
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
    void thereIsNoneInAReadOnlyTransaction() {
        TransactionTemplate readOnly = new TransactionTemplate(manager);
        readOnly.setReadOnly(true);
        readOnly.executeWithoutResult(
                status -> assertThat(unitOfWork.connection()).isNull());
    }
}
