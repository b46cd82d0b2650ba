package io.reftrail.spring.boot;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The application's database that leads may be kept in: the one marked {@link ReftrailDataSource}, or the only one, or the
 * primary one.
 */
final class OutboxDataSource {

    private final @Nullable DataSource dataSource;
    private final boolean ambiguous;

    OutboxDataSource(ObjectProvider<DataSource> marked, ObjectProvider<DataSource> all) {
        DataSource own = marked.getIfAvailable();
        this.dataSource = own == null ? all.getIfUnique() : own;
        this.ambiguous = dataSource == null && all.stream().findAny().isPresent();
    }

    @Nullable
    DataSource get() {
        return dataSource;
    }

    /** Whether there are several and none stands out. */
    boolean isAmbiguous() {
        return ambiguous;
    }
}
