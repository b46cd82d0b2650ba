package io.reftrail.outbox.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Connections whose prepared statements are recorded. */
final class RecordedStatements extends Connections {

    private final Connections connections;
    private final Set<String> statements;

    /** @param statements receives the text of each statement */
    RecordedStatements(Connections connections, Set<String> statements) {
        this.connections = connections;
        this.statements = statements;
    }

    @Override
    <T> T inTransaction(Work<T> work) throws SQLException {
        return connections.inTransaction(connection -> work.with(recording(connection)));
    }

    @Override
    <T> T inOneStatement(Work<T> work) throws SQLException {
        return connections.inOneStatement(connection -> work.with(recording(connection)));
    }

    @Override
    <T> T reading(Work<T> work) throws SQLException {
        return connections.reading(connection -> work.with(recording(connection)));
    }

    @Override
    void tidyUp() throws SQLException {
        connections.tidyUp();
    }

    @Override
    public void close() {
        connections.close();
    }

    private Connection recording(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                RecordedStatements.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
