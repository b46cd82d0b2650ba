package io.reftrail.benchmarks.enqueue;

import io.reftrail.outbox.jdbc.JdbcUnitOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Threads that sign customers up, each customer in a transaction: one business row, and what accompanies it. */
final class SignUps {

    private final DataSource dataSource;
    private final JdbcUnitOfWork transaction;
    private final int threads;
    private final boolean usual;

    /** @param usual whether the address is looked up first and a role is given last, as most sign-ups do */
    SignUps(DataSource dataSource, JdbcUnitOfWork transaction, int threads, boolean usual) {
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.threads = threads;
        this.usual = usual;
    }

    /** Makes the business table. */
    static void createTable(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customer (id TEXT PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL,"
                    + " created_at TIMESTAMPTZ NOT NULL DEFAULT now())");
            statement.execute("CREATE TABLE customer_role (customer TEXT NOT NULL, role TEXT NOT NULL,"
                    + " PRIMARY KEY (customer, role))");
        }
    }

    /** Signs customers up for a time and returns how many in a second. */
    double perSecond(Companion companion, double seconds) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            long end = start + (long) (seconds * 1e9);
            Callable<Integer> driver = () -> signUpUntil(end, companion);
            List<Future<Integer>> drivers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                drivers.add(executor.submit(driver));
            }
            long signedUp = 0;
            for (Future<Integer> each : drivers) {
                signedUp += each.get();
            }
            return signedUp / ((System.nanoTime() - start) / 1e9);
        } finally {
            executor.shutdownNow();
        }
    }

    private int signUpUntil(long end, Companion companion) throws SQLException {
        int signedUp = 0;
        while (System.nanoTime() < end) {
            String customer = UUID.randomUUID().toString();
            try (Connection connection = dataSource.getConnection()) {
                transaction.run(connection, () -> {
                    signUp(connection, customer);
                    companion.accompany(customer);
                });
            }
            signedUp++;
        }
        return signedUp;
    }

    private void signUp(Connection connection, String customer) throws SQLException {
        if (usual) {
            run(connection, "SELECT id FROM customer WHERE id = ?", customer);
        }
        insert(connection, customer);
        if (usual) {
            run(connection, "INSERT INTO customer_role (customer, role) VALUES (?, 'USER')", customer);
        }
    }

    private static void run(Connection connection, String sql, String customer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, customer);
            statement.execute();
        }
    }

    private static void insert(Connection connection, String customer) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO customer (id, email, name) VALUES (?, ?, ?)")) {
            insert.setString(1, customer);
            insert.setString(2, customer + "@example.org");
            insert.setString(3, "Kim Example");
            insert.executeUpdate();
        }
    }
}
