package io.reftrail.outbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.reftrail.outbox.OutboxException;
import io.reftrail.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PostgresTransactionTests extends JoinedTransactionContract {

    PostgresTransactionTests() {
        super(PostgresServer.dataSource());
    }

    /** As an ALTER TABLE or a VACUUM FULL holds it. */
    @Test
    void noSignInWaitsLongForALockedTableOfCustomers() throws SQLException {
        try (Connection locking = PostgresServer.dataSource().getConnection();
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("LOCK TABLE reftrail_customer IN ACCESS EXCLUSIVE MODE");
            long start = System.nanoTime();
            assertThatExceptionOfType(OutboxException.class).isThrownBy(() -> outbox.firstSignIn("kim"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            locking.rollback();
        }
    }
}
