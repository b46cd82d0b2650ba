package io.example.start;

import io.reftrail.Reftrail;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.capture.CookieExchange;
import io.reftrail.model.Customer;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A shop without Spring: its sign-ups are plain JDBC transactions, and their leads are part of them. */
final class PlainJdbcShop implements AutoCloseable {

    private final JdbcUnitOfWork unitOfWork;
    private final Reftrail reftrail;

    PlainJdbcShop(DataSource dataSource, String key) {
        JdbcUnitOfWork unitOfWork = new JdbcUnitOfWork();
        Reftrail reftrail = Reftrail.builder()
                .backend(IntrowBackend.of(key))
                .outbox(JdbcOutbox.on(dataSource).unitOfWork(unitOfWork).open())
                .unitOfWork(unitOfWork)
                .build();
        reftrail.operations().start();
        this.unitOfWork = unitOfWork;
        this.reftrail = reftrail;
    }

    void signUp(Connection connection, String email, CookieExchange exchange) throws SQLException {
        Customer customer = Customer.of(email).withEmail(email);
        unitOfWork.run(connection, () -> {
            insert(connection, email);
            reftrail.lead(exchange, customer);
        });
    }

    private static void insert(Connection connection, String email) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into account (email) values (?)")) {
            insert.setString(1, email);
            insert.executeUpdate();
        }
    }

    @Override
    public void close() {
        reftrail.close();
    }
}
