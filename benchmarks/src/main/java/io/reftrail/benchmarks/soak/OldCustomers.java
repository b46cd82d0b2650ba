package io.reftrail.benchmarks.soak;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;

/** Customers whose accounts are older than any click. */
final class OldCustomers {

    static final String PASSWORD = "password";

    private static final int COUNT = 50;

    private OldCustomers() {}

    static String email(Random random) {
        return "old." + random.nextInt(COUNT) + "@example.org";
    }

    static void insert(DataSource shop) throws SQLException {
        try (Connection connection = shop.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO account (id, email, email_proven, name, password, created_at)"
                                + " VALUES (?, ?, TRUE, 'Ada', ?, ?)")) {
            for (int number = 0; number < COUNT; number++) {
                insert.setString(1, UUID.randomUUID().toString());
                insert.setString(2, "old." + number + "@example.org");
                insert.setString(3, "{noop}" + PASSWORD);
                insert.setObject(4, OffsetDateTime.parse("2024-02-29T12:00:00Z"));
                insert.executeUpdate();
            }
        }
    }
}
