package io.reftrail.benchmarks.backlog;

import io.reftrail.benchmarks.StubBackend;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Fills an outbox as a long outage would, by copies of one lead that differ in customer, key and time. */
final class Outage {

    private static final String MODEL = "model-customer";

    private static final String COPY = """
            INSERT INTO reftrail_event
                (id, backend, customer, follows, attribution, payload, occurred_at, enqueued_at, due_at)
            SELECT decode(md5(gen_random_uuid()::text), 'hex'), backend, decode(md5(gen_random_uuid()::text), 'hex'),
                follows, replace(attribution, ?, 'customer-' || n), replace(payload, ?, 'customer-' || n),
                occurred_at, enqueued_at - ? + n, due_at - ? + n
            FROM reftrail_event, generate_series(1, ?) n""";

    private Outage() {}

    /** Lets so many leads wait, one for each of the last milliseconds. */
    static void leave(DataSource dataSource, int leads) throws SQLException {
        try (JdbcOutbox outbox = JdbcOutbox.on(dataSource).createSchema(true).open()) {
            outbox.enqueue(StubBackend.lead(MODEL));
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement copy = connection.prepareStatement(COPY);
                Statement statement = connection.createStatement()) {
            copy.setString(1, MODEL);
            copy.setString(2, MODEL);
            copy.setInt(3, leads);
            copy.setInt(4, leads);
            copy.setInt(5, leads - 1);
            copy.executeUpdate();
            statement.execute("VACUUM ANALYZE reftrail_event");
            statement.execute("CHECKPOINT");
        }
    }
}
