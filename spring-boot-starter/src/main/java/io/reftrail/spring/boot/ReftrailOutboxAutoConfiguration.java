package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.spring.SpringJdbcUnitOfWork;
import io.reftrail.spring.SpringUnitOfWork;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Auto-configuration of the outbox. It opens the outbox after scripts, Flyway or Liquibase have initialized the application's database,
 * and backs off for an {@link Outbox} or a {@link Reftrail} of the application's own.
 */
@AutoConfiguration(before = ReftrailAutoConfiguration.class)
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ReftrailProperties.class)
@Import(ConfiguredBackends.class)
public final class ReftrailOutboxAutoConfiguration {

    @Bean
    OutboxDataSource reftrailOutboxDataSource(
            @ReftrailDataSource ObjectProvider<DataSource> marked,
            ObjectProvider<DataSource> all,
            ListableBeanFactory beans) {
        return new OutboxDataSource(marked, all, beans);
    }

    @Bean
    @ConditionalOnMissingBean({Outbox.class, Reftrail.class})
    @DependsOnDatabaseInitialization
    Outbox reftrailOutbox(
            ReftrailProperties properties,
            ConfiguredBackends configured,
            OutboxDataSource database,
            ObjectProvider<UnitOfWork> unitOfWork,
            ObjectProvider<TrackingBackend> backends,
            Environment environment) {
        List<TrackingBackend> active =
                Stream.concat(configured.all().stream(), backends.stream()).toList();
        return database.open(
                properties.outbox(),
                properties.attribution(),
                properties.referrals(),
                active,
                unitOfWork.getIfAvailable(() -> UnitOfWork.NONE),
                environment.getProperty("spring.application.name", ""));
    }

    /** Commits a lead with the transaction that reports it, or stores it after the commit. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({TransactionSynchronizationManager.class, ConnectionHolder.class})
    static class JdbcTransactionConfiguration {

        @Bean
        @ConditionalOnMissingBean
        UnitOfWork reftrailUnitOfWork(OutboxDataSource database) {
            DataSource dataSource = database.get();
            return dataSource == null ? new SpringUnitOfWork() : new SpringJdbcUnitOfWork(dataSource);
        }
    }

    /** The unit of work that stores a lead after the commit of the transaction that reports it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionSynchronizationManager.class)
    @ConditionalOnMissingClass("org.springframework.jdbc.datasource.ConnectionHolder")
    static class TransactionConfiguration {

        @Bean
        @ConditionalOnMissingBean
        UnitOfWork reftrailUnitOfWork() {
            return new SpringUnitOfWork();
        }
    }
}
