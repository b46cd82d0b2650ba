package io.reftrail.spring.boot;

import io.reftrail.OutboxSettings;
import io.reftrail.OutboxSettings.Store;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.UnitOfWork;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.util.ClassUtils;

/**
 * The application's database in which leads can be stored: the {@link DataSource} bean marked with {@link ReftrailDataSource}, or else
 * the only or the primary one. It opens the outbox that the properties ask for.
 */
final class OutboxDataSource {

    private static final Logger logger = LoggerFactory.getLogger(ReftrailAutoConfiguration.class);

    private static final boolean HAS_SPRING_JDBC = ClassUtils.isPresent(
            "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy",
            OutboxDataSource.class.getClassLoader());

    /** Types of beans that show a database without JDBC, by name, because none of them is a dependency. */
    private static final List<String> OTHER_DATABASES = List.of(
            "com.mongodb.client.MongoClient",
            "com.mongodb.reactivestreams.client.MongoClient",
            "com.datastax.oss.driver.api.core.CqlSession",
            "com.couchbase.client.java.Cluster",
            "org.neo4j.driver.Driver",
            "io.r2dbc.spi.ConnectionFactory");

    private final @Nullable DataSource dataSource;
    private final boolean isMarked;
    private final boolean isAmbiguous;
    private final ListableBeanFactory beans;

    OutboxDataSource(ObjectProvider<DataSource> marked, ObjectProvider<DataSource> all, ListableBeanFactory beans) {
        DataSource own = marked.getIfAvailable();
        this.dataSource = target(own == null ? all.getIfUnique() : own);
        this.isMarked = own != null;
        this.isAmbiguous = dataSource == null && all.stream().findAny().isPresent();
        this.beans = beans;
    }

    /** Through a transaction-aware proxy the outbox would commit the application's transactions. */
    private static @Nullable DataSource target(@Nullable DataSource dataSource) {
        return dataSource != null && HAS_SPRING_JDBC ? SpringJdbc.target(dataSource) : dataSource;
    }

    @Nullable
    DataSource get() {
        return dataSource;
    }

    /**
     * Opens the outbox.
     *
     * @param attribution whether journeys are stored, and for how long
     * @param referrals whether customers can refer friends, and how long referrals are stored
     * @param backends the active backends; without any, and without attribution, nothing is created unless the store is set
     * @param unitOfWork the transactions on this database
     * @param applicationName the name for an embedded file
     * @throws InvalidSettingException if a property cannot work
     * @throws io.reftrail.outbox.OutboxException if the database cannot be reached
     */
    Outbox open(
            ReftrailProperties.Outbox properties,
            ReftrailProperties.Attribution attribution,
            ReftrailProperties.Referrals referrals,
            Collection<TrackingBackend> backends,
            UnitOfWork unitOfWork,
            String applicationName) {
        boolean storesNothing = backends.isEmpty() && !attribution.enabled() && !referrals.enabled();
        Store store = properties.store() == Store.AUTO && storesNothing ? Store.MEMORY : properties.store();
        if (store == Store.AUTO || store == Store.JDBC) {
            requireOneDatabase();
        }
        if (store == Store.AUTO && dataSource == null) {
            requireNoOtherDatabase();
        }
        return new OutboxSettings(
                        store,
                        Path.of(properties.directory()),
                        properties.initializeSchema(),
                        properties.schema(),
                        properties.tablePrefix(),
                        properties.retention(),
                        properties.deadRetention(),
                        attribution.retention(),
                        referrals.retention(),
                        properties.capacity())
                .open(dataSource, unitOfWork, applicationName, backends);
    }

    private void requireOneDatabase() {
        if (isAmbiguous) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "there are several DataSource beans and none of them is primary",
                    "Mark the one that customers sign up in with @ReftrailDataSource. Or write 'embedded' to store leads in a file"
                            + " of this node, which is only safe with a single node.",
                    "outbox.store=embedded");
        }
        if (dataSource != null && HAS_SPRING_JDBC && SpringJdbc.isRouting(dataSource)) {
            if (!isMarked) {
                throw new InvalidSettingException(
                        "outbox.store",
                        "the DataSource is an AbstractRoutingDataSource, and Reftrail reads leads from one database only: a lead"
                                + " stored in another one would never be sent",
                        "Mark the DataSource of one database with @ReftrailDataSource; leads are then stored there, after the"
                                + " commit of the sign-up. If the DataSource only routes to replicas of one database, mark the"
                                + " routing one. Or write 'embedded' to store leads in a file of this node, which is only safe with"
                                + " a single node.",
                        "outbox.store=embedded");
            }
            logger.info(
                    "Leads are stored in a routing DataSource, because it is marked with @ReftrailDataSource. It has to route"
                            + " each transaction that signs a customer up to the database that it routes to without one.");
        }
    }

    /** Nodes do not share a file: another node would report a customer that this one knows. */
    private void requireNoOtherDatabase() {
        for (String type : OTHER_DATABASES) {
            if (hasBean(type)) {
                throw new InvalidSettingException(
                        "outbox.store",
                        "the application's database (" + ClassUtils.getShortName(type) + ") cannot store leads",
                        "Leads can be stored in PostgreSQL, MySQL, MariaDB or H2: define such a DataSource and mark it with"
                                + " @ReftrailDataSource. Or write 'embedded' to store leads in a file of this node, which is only"
                                + " safe with a single node.",
                        "outbox.store=embedded");
            }
        }
    }

    private boolean hasBean(String type) {
        try {
            Class<?> loaded = ClassUtils.forName(type, OutboxDataSource.class.getClassLoader());
            return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, loaded, true, false).length > 0;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    /** Loaded only where spring-jdbc is on the class path. */
    private static final class SpringJdbc {

        static DataSource target(DataSource dataSource) {
            DataSource target = dataSource;
            while (target instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
                target = proxy.getTargetDataSource();
            }
            return target;
        }

        static boolean isRouting(DataSource dataSource) {
            DataSource target = dataSource;
            while (target instanceof DelegatingDataSource proxy && proxy.getTargetDataSource() != null) {
                target = proxy.getTargetDataSource();
            }
            return target instanceof AbstractRoutingDataSource;
        }
    }
}
