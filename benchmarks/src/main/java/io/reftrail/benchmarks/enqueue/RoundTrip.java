package io.reftrail.benchmarks.enqueue;

import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The least that anybody can do in a transaction: a statement that touches no table. */
final class RoundTrip implements Companion {

    private final JdbcUnitOfWork transaction;

    RoundTrip(JdbcUnitOfWork transaction) {
        this.transaction = transaction;
    }

    @Override
    public void accompany(String customer) throws SQLException {
        Connection connection = transaction.connection();
        if (connection == null) {
            throw new IllegalStateException("outside a transaction");
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT ?")) {
            select.setString(1, customer);
            select.execute();
        }
    }
}
