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
    private final Set<String> inTransactions;

    /** @param statements receives the text of each statement */
    RecordedStatements(Connections connections, Set<String> statements) {
        this(connections, statements, statements);
    }

    /**
     * @param statements receives the text of each statement outside of a transaction
     * @param inTransactions receives the text of each statement of a transaction that writes
     */
    RecordedStatements(Connections connections, Set<String> statements, Set<String> inTransactions) {
        this.connections = connections;
        this.statements = statements;
        this.inTransactions = inTransactions;
    }

    @Override
    <T> T inTransaction(Work<T> work) throws SQLException {
        return connections.inTransaction(connection -> work.with(recording(connection, inTransactions)));
    }

    @Override
    <T> T inOneStatement(Work<T> work) throws SQLException {
        return connections.inOneStatement(connection -> work.with(recording(connection, statements)));
    }

    @Override
    <T> T reading(Work<T> work) throws SQLException {
        return connections.reading(connection -> work.with(recording(connection, statements)));
    }

    @Override
    void tidyUp() throws SQLException {
        connections.tidyUp();
    }

    @Override
    public void close() {
        connections.close();
    }

    private static Connection recording(Connection connection, Set<String> statements) {
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
