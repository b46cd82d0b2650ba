package io.reftrail.benchmarks.chaos;

import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.chaos.Findings.Ordeal;
import io.reftrail.benchmarks.chaos.Visitors.Vendor;
import io.reftrail.samples.demo.Sandbox;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The faults of the run, one after the other. */
final class Turmoil {

    private static final Logger logger = LoggerFactory.getLogger(Turmoil.class);

    private final Nodes nodes;
    private final PostgreSql postgreSql;
    private final DataSource dataSource;
    private final FaultyProxy proxy;
    private final Sandbox backend;
    private final List<Fault> faults;
    private int strikes;
    private boolean databaseCrashed;

    Turmoil(
            Nodes nodes,
            PostgreSql postgreSql,
            DataSource dataSource,
            FaultyProxy proxy,
            Sandbox backend,
            Random random) {
        this.nodes = nodes;
        this.postgreSql = postgreSql;
        this.dataSource = dataSource;
        this.proxy = proxy;
        this.backend = backend;
        Fault killWithUnstoredClicks = () -> {
            stallOutbox();
            nodes.killOne(random);
        };
        this.faults = List.of(
                () -> fail("\"kind\":\"status\",\"status\":500,\"count\":30"),
                () -> proxy.loseReplies(10),
                () -> nodes.killOne(random),
                () -> fail("\"kind\":\"status\",\"status\":429,\"retryAfter\":\"1\",\"count\":5"),
                proxy::resetAll,
                proxy::shut,
                killWithUnstoredClicks,
                proxy::open,
                () -> fail("\"kind\":\"hang\",\"seconds\":4,\"count\":8"),
                () -> proxy.loseRequests(10),
                killWithUnstoredClicks,
                () -> fail("\"kind\":\"html\",\"count\":10"),
                () -> proxy.loseReplies(30));
    }

    /** A fault, or its end. */
    @FunctionalInterface
    private interface Fault {
        void strike() throws IOException, InterruptedException;
    }

    /** Makes calls to both vendors fail. */
    private void fail(String fault) throws IOException, InterruptedException {
        for (Vendor vendor : Vendor.values()) {
            backend.fail("{\"vendor\":\"" + vendor.backend() + "\"," + fault + "}");
        }
    }

    /**
     * Locks the outbox for a moment, and returns when visitors have been answered whose clicks are not stored yet: a node that
     * is killed then loses them. The lock ends by the database's clock, before a sign-up's INSERT gives up.
     */
    private void stallOutbox() throws InterruptedException {
        Thread thread = new Thread(
                () -> {
                    try (Connection connection = dataSource.getConnection();
                            Statement statement = connection.createStatement()) {
                        connection.setAutoCommit(false);
                        statement.execute("SET LOCAL lock_timeout TO '300ms'; LOCK TABLE reftrail_event IN SHARE MODE;"
                                + " SELECT pg_sleep(0.9)");
                        connection.commit();
                    } catch (SQLException busy) {
                        logger.info("The outbox could not be locked this time: {}", busy.getMessage());
                    }
                },
                "stall");
        thread.setDaemon(true);
        thread.start();
        TimeUnit.MILLISECONDS.sleep(500);
    }

    /** Starts the next fault. The order is the same in each run, the victims are not. */
    void strike() throws IOException, InterruptedException {
        nodes.restartEnded();
        faults.get(strikes++ % faults.size()).strike();
    }

    /** Makes the database crash and restart, once. */
    void crashDatabase() throws IOException, InterruptedException {
        if (!databaseCrashed) {
            databaseCrashed = true;
            postgreSql.crashAndRestart();
        }
    }

    /** Ends all faults. */
    void end() throws IOException, InterruptedException {
        proxy.heal();
        backend.heal();
        nodes.awaitReady();
    }

    /** Returns what the application has gone through with this many customers. */
    Ordeal ordeal(int customers) {
        return new Ordeal(customers, nodes.kills(), databaseCrashed, proxy.repliesInDoubt());
    }

    int strikes() {
        return strikes;
    }
}
