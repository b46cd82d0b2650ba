package io.reftrail.benchmarks.enqueue;

import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Hands out the connection of the current thread's transaction, so that a library which only knows data sources takes
 * part in it. Closing such a connection does nothing.
 */
final class JoinedDataSource extends AbstractDataSource {

    private final JdbcUnitOfWork transaction;
    private final DataSource otherwise;

    /** @param otherwise where connections come from outside of any transaction */
    JoinedDataSource(JdbcUnitOfWork transaction, DataSource otherwise) {
        this.transaction = transaction;
        this.otherwise = otherwise;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection joined = transaction.connection();
        return joined == null ? otherwise.getConnection() : withoutClose(joined);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    private static Connection withoutClose(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                JoinedDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getTargetException();
                    }
                });
    }
}
