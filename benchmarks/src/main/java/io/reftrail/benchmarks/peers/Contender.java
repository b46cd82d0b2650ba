package io.reftrail.benchmarks.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.posthog.server.PostHog;
import com.posthog.server.PostHogCaptureOptions;
import com.posthog.server.PostHogConfig;
import com.posthog.server.PostHogInterface;
import com.segment.analytics.Analytics;
import com.segment.analytics.messages.TrackMessage;
import com.snowplowanalytics.snowplow.tracker.Snowplow;
import com.snowplowanalytics.snowplow.tracker.Tracker;
import com.snowplowanalytics.snowplow.tracker.configuration.EmitterConfiguration;
import com.snowplowanalytics.snowplow.tracker.configuration.NetworkConfiguration;
import com.snowplowanalytics.snowplow.tracker.configuration.TrackerConfiguration;
import com.snowplowanalytics.snowplow.tracker.events.SelfDescribing;
import com.snowplowanalytics.snowplow.tracker.payload.SelfDescribingJson;
import com.zaxxer.hikari.HikariDataSource;
import io.reftrail.LeadReport;
import io.reftrail.Reftrail;
import io.reftrail.benchmarks.DbScheduler;
import io.reftrail.benchmarks.PostgreSql;
import io.reftrail.benchmarks.StubBackend;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The libraries that are compared. Each has room for all events that wait. */
enum Contender {
    REFTRAIL_POSTGRESQL("Reftrail, PostgreSQL", true) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) {
            HikariDataSource pool = PostgreSql.pool(jdbcUrl, CONNECTIONS);
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
            return new PostHogPeer(server);
        }
    },
    SNOWPLOW("Snowplow java-tracker 1.0.1", false) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) {
            return new SnowplowPeer(server);
        }
    },
    PLAIN_CALL("a call of httpclient5 in the listener", false) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) {
            return new PlainCallPeer(server);
        }
    },
    DB_SCHEDULER("db-scheduler 16.12, PostgreSQL", true) {
        @Override
        Peer open(URI server, Path directory, String jdbcUrl) throws Exception {
            HikariDataSource pool = PostgreSql.pool(jdbcUrl, CONNECTIONS);
            DbScheduler.createTable(pool);
            return new SchedulerPeer(server, pool);
        }
    };

    /** How many events fit into memory. */
    private static final int ROOM = 250_000;

    private static final int CONNECTIONS = 12;

    private final String title;
    private final boolean durable;

    Contender(String title, boolean durable) {
        this.title = title;
        this.durable = durable;
    }

    String title() {
        return title;
    }

    /** Returns whether waiting events outlive the process, according to the library's documentation. */
    boolean isDurable() {
        return durable;
    }

    boolean usesPostgreSql() {
        return this == REFTRAIL_POSTGRESQL || this == DB_SCHEDULER;
    }

    boolean isOurs() {
        return name().startsWith("REFTRAIL");
    }

    /**
     * Starts the library.
     *
     * @param server where events go
     * @param directory for files
     * @param jdbcUrl for tables
     */
    abstract Peer open(URI server, Path directory, String jdbcUrl) throws Exception;

    /** A way to report events. Thread-safe except for {@link #close}. */
    interface Peer extends AutoCloseable {

        /** Makes the call that the application waits for. */
        void report(String customer) throws Exception;

        /** Sends waiting events now, if the library has a method for it. */
        default void flush() {}

        /** Shuts down in the order that the documentation asks for. */
        @Override
        void close() throws IOException;
    }

    /** Reftrail by its facade, with its defaults. */
    private static final class ReftrailPeer implements Peer {

        private final Reftrail reftrail;
        private final Closeable database;

        ReftrailPeer(URI server, Outbox outbox, Closeable database) {
            this.database = database;
            this.reftrail = Reftrail.builder()
                    .backend(new StubBackend(server.resolve(StubBackend.PATH)))
                    .outbox(outbox)
                    .build();
            reftrail.operations().start();
        }

        /** A new customer, as at a sign-up. Tries again where the outbox is too slow, as a visitor does who keeps the cookie. */
        @Override
        public void report(String customer) {
            LeadReport report;
            do {
                report = reftrail.lead(
                        StubBackend.attribution(customer),
                        StubBackend.customer(customer).withCreatedAt(Instant.now()));
            } while (!report.refused().isEmpty());
        }

        @Override
        public void close() throws IOException {
            reftrail.close();
            database.close();
        }
    }

    /** Segment's library with its defaults: batches of 250, an unbounded queue, ten seconds between flushes. */
    private static final class SegmentPeer implements Peer {

        private final Analytics analytics;

        /** The library appends a path that begins with a slash. Servers refuse two slashes. */
        SegmentPeer(URI server) {
            this.analytics = Analytics.builder("key")
                    .endpoint(server.toString().replaceFirst("/$", ""))
                    .build();
        }

        @Override
        public void report(String customer) {
            analytics.enqueue(TrackMessage.builder("Sign Up")
                    .userId(customer)
                    .properties(Map.of(
                            "clickId",
                            "click-" + customer,
                            "customerEmail",
                            customer + "@example.org",
                            "customerName",
                            "Kim Example")));
        }

        @Override
        public void flush() {
            analytics.flush();
        }

        @Override
        public void close() {
            analytics.flush();
            analytics.shutdown();
        }
    }

    /** PostHog's library with its defaults, but with room for more than 1,000 events, and without feature flags. */
    private static final class PostHogPeer implements Peer {

        private final PostHogInterface postHog;

        PostHogPeer(URI server) {
            this.postHog = PostHog.with(new PostHogConfig.Builder("key")
                    .host(server.toString())
                    .maxQueueSize(ROOM)
                    .preloadFeatureFlags(false)
                    .sendFeatureFlagEvent(false)
                    .build());
        }

        @Override
        public void report(String customer) {
            postHog.capture(
                    customer,
                    "Sign Up",
                    PostHogCaptureOptions.builder()
                            .property("clickId", "click-" + customer)
                            .property("customerEmail", customer + "@example.org")
                            .property("customerName", "Kim Example")
                            .build());
        }

        @Override
        public void flush() {
            postHog.flush();
        }

        @Override
        public void close() {
            postHog.flush();
            postHog.close();
        }
    }

    /** Snowplow's tracker with its defaults, but with room for more than 10,000 events, and text instead of base 64. */
    private static final class SnowplowPeer implements Peer {

        private final Tracker tracker;

        SnowplowPeer(URI server) {
            this.tracker = Snowplow.createTracker(
                    new TrackerConfiguration("reftrail", "benchmarks").base64Encoded(false),
                    new NetworkConfiguration(server.toString()),
                    new EmitterConfiguration().bufferCapacity(ROOM));
        }

        @Override
        public void report(String customer) {
            tracker.track(SelfDescribing.builder()
                    .eventData(new SelfDescribingJson(
                            "iglu:example/sign_up/jsonschema/1-0-0",
                            Map.of(
                                    "clickId",
                                    "click-" + customer,
                                    "customerExternalId",
                                    customer,
                                    "customerEmail",
                                    customer + "@example.org",
                                    "customerName",
                                    "Kim Example")))
                    .build());
        }

        @Override
        public void flush() {
            tracker.getEmitter().flushBuffer();
        }

        @Override
        public void close() {
            tracker.close();
        }
    }

    /** What vendors' samples do: the application makes the HTTP call and waits for the answer. */
    private static final class PlainCallPeer implements Peer {

        private final StubBackend.PlainClient client;

        PlainCallPeer(URI server) {
            this.client = new StubBackend.PlainClient(server.resolve(StubBackend.PATH), 8);
        }

        @Override
        public void report(String customer) {
            try {
                client.send(StubBackend.body(customer));
            } catch (IOException down) {
                // The sign-in goes on, and the event is lost.
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    /**
     * db-scheduler with as many threads as Reftrail has calls in flight, its faster way of polling, and an exponential
     * backoff. A dead process is detected after eight seconds; with the defaults it takes half an hour.
     */
    private static final class SchedulerPeer implements Peer {

        private static final int THREADS = 8;

        private final HikariDataSource pool;
        private final StubBackend.PlainClient client;
        private final OneTimeTask<String> task;
        private final Scheduler scheduler;

        SchedulerPeer(URI server, HikariDataSource pool) {
            this.pool = pool;
            this.client = new StubBackend.PlainClient(server.resolve(StubBackend.PATH), THREADS);
            this.task = Tasks.oneTime("lead", String.class)
                    .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(Duration.ofSeconds(1)))
                    .execute((instance, context) -> send(instance.getData()));
            this.scheduler = Scheduler.create(pool, task)
                    .serializer(new DbScheduler.TextSerializer())
                    .threads(THREADS)
                    .pollUsingLockAndFetch(1, 4)
                    .pollingInterval(Duration.ofMillis(100))
                    .heartbeatInterval(Duration.ofSeconds(2))
                    .missedHeartbeatsLimit(4)
                    .build();
            scheduler.start();
        }

        private void send(String body) {
            try {
                client.send(body);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void report(String customer) {
            scheduler.scheduleIfNotExists(task.instance(customer, StubBackend.body(customer)), Instant.now());
        }

        @Override
        public void close() throws IOException {
            scheduler.stop();
            client.close();
            pool.close();
        }
    }
}
