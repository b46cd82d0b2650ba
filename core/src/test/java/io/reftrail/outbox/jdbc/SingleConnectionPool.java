package io.reftrail.outbox.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mockito.Mockito;

/** A pool of one connection that resets nothing when it is given back. */
final class SingleConnectionPool {

    private SingleConnectionPool() {}

    static DataSource of(Connection connection) throws SQLException {
        DataSource pool = Mockito.mock(DataSource.class);
        Mockito.when(pool.getConnection()).thenReturn(unclosable(connection));
        return pool;
    }

    private static Connection unclosable(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
