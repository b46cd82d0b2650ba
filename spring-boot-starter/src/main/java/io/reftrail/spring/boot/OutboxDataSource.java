package io.reftrail.spring.boot;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.ClassUtils;

/**
 * The application's database for leads: the one marked with {@link ReftrailDataSource}, or the only one, or the primary one.
 */
final class OutboxDataSource {

    private static final boolean SPRING_JDBC = ClassUtils.isPresent(
            "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy",
            OutboxDataSource.class.getClassLoader());

    private final @Nullable DataSource dataSource;
    private final boolean ambiguous;

    OutboxDataSource(ObjectProvider<DataSource> marked, ObjectProvider<DataSource> all) {
        DataSource own = marked.getIfAvailable();
        this.dataSource = target(own == null ? all.getIfUnique() : own);
        this.ambiguous = dataSource == null && all.stream().findAny().isPresent();
    }

    /** Unwraps transaction-aware proxies, because through one the outbox would commit the application's transactions. */
    private static @Nullable DataSource target(@Nullable DataSource dataSource) {
        return dataSource != null && SPRING_JDBC ? Proxies.target(dataSource) : dataSource;
    }

    private static final class Proxies {

        private Proxies() {}

        static DataSource target(DataSource dataSource) {
            DataSource target = dataSource;
            while (target instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
                target = proxy.getTargetDataSource();
            }
            return target;
        }
    }

    @Nullable
    DataSource get() {
        return dataSource;
    }

    /** Returns whether there are several and none is primary or marked. */
    boolean isAmbiguous() {
        return ambiguous;
    }
}
