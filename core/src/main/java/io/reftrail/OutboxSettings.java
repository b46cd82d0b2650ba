package io.reftrail;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.model.InvalidSettingException;
import io.reftrail.model.Lead;
import io.reftrail.outbox.Outbox;
import io.reftrail.outbox.OutboxException;
import io.reftrail.outbox.UnitOfWork;
import io.reftrail.outbox.jdbc.JdbcOutbox;
import io.reftrail.outbox.memory.InMemoryOutbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The outbox, as an application's configuration describes it.
 *
 * @param store the kind of store
 * @param directory the directory of an embedded file
 * @param initializeSchema the databases of the application in which missing tables are created
 * @param schema the schema of the tables in the application's database, or {@code null} for that of its connections
 * @param tablePrefix the prefix of the names of the tables
 * @param retention how long settled events stay in the ledger
 * @param deadRetention how long dead events are kept for a replay
 * @param journeyRetention how long the journey of a customer is kept after the sign-up
 * @param referralRetention how long a customer's referral is kept after the sign-up
 * @param capacity the number of events that may wait in memory
 */
public record OutboxSettings(
        Store store,
        Path directory,
        SchemaInitialization initializeSchema,
        @Nullable String schema,
        String tablePrefix,
        Duration retention,
        Duration deadRetention,
        Duration journeyRetention,
        Duration referralRetention,
        int capacity) {

    /** Long enough to distinguish accounts, and too short to reveal anything about a key. */
    private static final int ACCOUNT_HASH_BYTES = 4;

    /** The kinds of stores. */
    public enum Store {
        /** The application's database if there is one, which must be able to store events; otherwise an embedded file. */
        AUTO,
        /** The application's database. */
        JDBC,
        /** An embedded file. */
        EMBEDDED,
        /** Memory: events are lost with the process. */
        MEMORY
    }

    /** The databases of the application in which missing tables are created. */
    public enum SchemaInitialization {
        /** Those that run in the application's process. */
        EMBEDDED,
        /** All. */
        ALWAYS,
        /** None: the application's migrations create the tables. */
        NEVER
    }

    /** The application's database, or a file in {@code reftrail} below the working directory. */
    public static final OutboxSettings DEFAULT = new OutboxSettings(
            Store.AUTO,
            Path.of("reftrail"),
            SchemaInitialization.EMBEDDED,
            null,
            JdbcOutbox.DEFAULT_TABLE_PREFIX,
            JdbcOutbox.DEFAULT_RETENTION,
            JdbcOutbox.DEFAULT_DEAD_RETENTION,
            JdbcOutbox.DEFAULT_JOURNEY_RETENTION,
            JdbcOutbox.DEFAULT_REFERRAL_RETENTION,
            InMemoryOutbox.DEFAULT_CAPACITY);

    /**
     * Opens the outbox.
     *
     * @param dataSource the application's database, or {@code null} if it has none
     * @param unitOfWork the transactions on that database
     * @param application the application's name, which becomes the name of an embedded file
     * @param backends the application's backends; processes that report to the same accounts may share an embedded file
     * @throws InvalidSettingException if a setting cannot work, or another application uses the embedded file
     * @throws OutboxException if the database cannot be reached
     */
    public Outbox open(
            @Nullable DataSource dataSource,
            UnitOfWork unitOfWork,
            String application,
            Collection<TrackingBackend> backends) {
        return switch (store) {
            case AUTO -> dataSource == null ? embedded(application, backends) : jdbc(dataSource, unitOfWork);
            case JDBC -> jdbc(required(dataSource), unitOfWork);
            case EMBEDDED -> embedded(application, backends);
            case MEMORY -> new InMemoryOutbox(capacity, Clock.systemUTC());
        };
    }

    private static DataSource required(@Nullable DataSource dataSource) {
        if (dataSource == null) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "the application has no DataSource to keep leads in",
                    "Write 'embedded' or 'auto'.",
                    "outbox.store=embedded");
        }
        return dataSource;
    }

    private JdbcOutbox jdbc(DataSource dataSource, UnitOfWork unitOfWork) {
        boolean create = initializeSchema == SchemaInitialization.ALWAYS
                || (initializeSchema == SchemaInitialization.EMBEDDED && JdbcOutbox.isEmbedded(dataSource));
        return JdbcOutbox.on(dataSource)
                .unitOfWork(unitOfWork)
                .createSchema(create)
                .schema(schema)
                .tablePrefix(tablePrefix)
                .retention(retention)
                .deadRetention(deadRetention)
                .journeyRetention(journeyRetention)
                .referralRetention(referralRetention)
                .open();
    }

    private JdbcOutbox embedded(String application, Collection<TrackingBackend> backends) {
        String name = application.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        return JdbcOutbox.embedded(directory.resolve((name.isEmpty() ? "application" : name) + ".db"))
                .owner(owner(backends))
                .retention(retention)
                .deadRetention(deadRetention)
                .journeyRetention(journeyRetention)
                .referralRetention(referralRetention)
                .open();
    }

    /** Returns the names of the backends, and a hash that differs for other keys or addresses. */
    private static String owner(Collection<TrackingBackend> backends) {
        List<TrackingBackend> sorted = backends.stream()
                .sorted(Comparator.comparing(TrackingBackend::name))
                .toList();
        StringBuilder accounts = new StringBuilder();
        for (TrackingBackend backend : sorted) {
            accounts.append(backend.name()).append(account(backend)).append('\n');
        }
        byte[] hash = sha256(accounts.toString());
        return sorted.stream().map(TrackingBackend::name).distinct().collect(Collectors.joining(", ")) + " (accounts "
                + HexFormat.of().formatHex(hash, 0, ACCOUNT_HASH_BYTES) + ")";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** Returns the call of a made-up lead, which has the vendor's address and key. */
    private static String account(TrackingBackend backend) {
        try {
            Attribution click = new Attribution(backend.name(), "click", Instant.EPOCH);
            HttpCall call =
                    backend.call(Lead.of(click, Customer.of("customer"), backend.leadEventName(), Instant.EPOCH));
            return call.method() + call.uri() + new TreeMap<>(call.headers()) + call.body();
        } catch (RuntimeException reportsNoSuchLead) {
            return "";
        }
    }
}
