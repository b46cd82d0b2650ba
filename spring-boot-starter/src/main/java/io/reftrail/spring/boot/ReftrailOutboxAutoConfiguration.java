package io.reftrail.spring.boot;

import io.reftrail.Reftrail;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.spring.SpringJdbcUnitOfWork;
import io.reftrail.spring.SpringUnitOfWork;
import java.util.stream.Stream;
import javax.sql.DataSource;
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
 * Auto-configuration of the outbox, which is opened after scripts, Flyway or Liquibase have initialised the application's
 * database. Backs off for an {@link Outbox} or a {@link Reftrail} bean of the application.
 */
@AutoConfiguration(before = ReftrailAutoConfiguration.class)
@ConditionalOnProperty(name = "reftrail.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ReftrailProperties.class)
@Import(ConfiguredBackends.class)
public final class ReftrailOutboxAutoConfiguration {

    @Bean
    OutboxDataSource reftrailOutboxDataSource(
            @ReftrailDataSource ObjectProvider<DataSource> marked, ObjectProvider<DataSource> all) {
        return new OutboxDataSource(marked, all);
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
        OutboxOpener opener = new OutboxOpener(
                properties.outbox(),
                database,
                unitOfWork.getIfAvailable(() -> UnitOfWork.NONE),
                environment.getProperty("spring.application.name", ""));
        return opener.open(Stream.concat(configured.all().stream(), backends.stream())
                .map(TrackingBackend::name)
                .toList());
    }

    /** Leads are committed with the caller's transaction, or stored after its commit. */
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

    /** Leads are stored after the commit of the caller's transaction. */
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
