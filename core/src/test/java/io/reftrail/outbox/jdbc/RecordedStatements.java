package io.reftrail.outbox.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Connections whose prepared statements are recorded. */
final class RecordedStatements extends Connections {

    private static final Pattern SEARCHING = Pattern.compile("(SELECT|UPDATE|DELETE|WITH)\\b.*", Pattern.DOTALL);

    private final Connections connections;
    private final Set<String> reading;
    private final Set<String> writing;

    /** @param statements receives the text of each statement */
    RecordedStatements(Connections connections, Set<String> statements) {
        this(connections, statements, statements);
    }

    /**
     * @param reading receives the text of each statement of work that only reads
     * @param writing receives the text of each statement of work that writes, in a transaction or by itself
     */
    RecordedStatements(Connections connections, Set<String> reading, Set<String> writing) {
        this.connections = connections;
        this.reading = reading;
        this.writing = writing;
    }

    /** Returns the statements that look for rows, and therefore have a plan. */
    static List<String> searching(Set<String> statements) {
        return statements.stream()
                .filter(statement -> SEARCHING.matcher(statement).matches())
                .toList();
    }

    @Override
    <T> T inTransaction(Work<T> work) throws SQLException {
        return connections.inTransaction(connection -> work.with(recording(connection, writing)));
    }

    @Override
    <T> T inOneStatement(Work<T> work) throws SQLException {
        return connections.inOneStatement(connection -> work.with(recording(connection, writing)));
    }

    @Override
    <T> T reading(Work<T> work) throws SQLException {
        return connections.reading(connection -> work.with(recording(connection, reading)));
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
