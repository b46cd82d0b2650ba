package io.reftrail.benchmarks.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;

/** Who is compared, each with room for all events that wait. */
enum Contender {
    REFTRAIL_POSTGRESQL("Reftrail, PostgreSQL", true) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) {
            HikariDataSource pool = pool(jdbcUrl);
            return new ReftrailPeer(
                    server, JdbcOutbox.on(pool).createSchema(true).open(), pool);
        }
    },
    REFTRAIL_FILE("Reftrail, file", true) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) {
            return new ReftrailPeer(
                    server, JdbcOutbox.embedded(directory.resolve("outbox.db")).open(), () -> {});
        }
    },
    REFTRAIL_MEMORY("Reftrail, memory", false) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) {
            return new ReftrailPeer(server, new InMemoryOutbox(ROOM, Clock.systemUTC()), () -> {});
        }
    },
    SEGMENT("Segment analytics-java 3.5.4", false) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) {
            return new SegmentPeer(server);
        }
    },
    POSTHOG("PostHog posthog-server 2.3.3", false) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) {
            return new PostHogPeer(server, ROOM);
        }
    },
    SNOWPLOW("Snowplow java-tracker 1.0.1", false) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) {
            return new SnowplowPeer(server, ROOM);
        }
    },
    PLAIN_CALL("a call of httpclient5 in the listener", false) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) {
            return new PlainCall(server);
        }
    },
    DB_SCHEDULER("db-scheduler 16.12, PostgreSQL", true) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) throws Exception {
            return new SchedulerPeer(server, pool(jdbcUrl));
        }
    };

    /** For how many events there is room in memory. */
    static final int ROOM = 250_000;

    private final String title;
    private final boolean durable;

    Contender(String title, boolean durable) {
        this.title = title;
        this.durable = durable;
    }

    private static HikariDataSource pool(String jdbcUrl) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(12);
        return new HikariDataSource(config);
    }

    String title() {
        return title;
    }

    /** Whether what waits outlives the process, by its own account. */
    boolean isDurable() {
        return durable;
    }

    boolean isOurs() {
        return name().startsWith("REFTRAIL");
    }

    /**
     * Starts it.
     *
     * @param server where events go
     * @param directory for files
     * @param jdbcUrl for tables
     */
    abstract Peer open(URI server, Path directory, String jdbcUrl) throws Exception;
}
