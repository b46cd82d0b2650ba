package io.reftrail.benchmarks.chaos;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A moment in which nobody can write to the outbox, so that visitors have been answered whose click is not stored yet: a
 * node that is killed then takes those clicks along. It ends by the database's own clock, and sooner than a sign-up's
 * insert gives up.
 */
final class Stall {

    private static final Logger logger = LoggerFactory.getLogger(Stall.class);

    private static final Duration LONG_ENOUGH = Duration.ofMillis(500);

    private final DataSource dataSource;

    Stall(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Begins, and returns when clicks have come together. */
    void begin() throws InterruptedException {
        Thread thread = new Thread(this::hold, "stall");
        thread.setDaemon(true);
        thread.start();
        TimeUnit.NANOSECONDS.sleep(LONG_ENOUGH.toNanos());
    }

    private void hold() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL lock_timeout TO '300ms'; LOCK TABLE reftrail_event IN SHARE MODE;"
                    + " SELECT pg_sleep(0.9)");
            connection.commit();
        } catch (SQLException busy) {
            logger.info("The outbox could not be held this time: {}", busy.getMessage());
        }
    }
}
