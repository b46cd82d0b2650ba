package io.reftrail.outbox.jdbc;

import io.reftrail.model.InvalidSettingException;
import io.reftrail.outbox.internal.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a {@link JdbcOutbox}: requires them, creates them on request, and keeps the key of the ledger's hashes. */
final class Schema {

    /** The version of the tables that this release works with. */
    static final int VERSION = 2;

    /** The version of the indexes. A release works with older indexes, but slowly. An older release works with newer ones. */
    static final String INDEXES = "1";

    private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

    private static final String HASH_KEY = "hash-key";

    private static final String OWNER = "owner";

    private static final String PAYERS = "payers";
    private static final String JOURNEYS = "journeys";
    private static final String FIGURES = "figures";
    private static final String REFERRALS = "referrals";
    private static final String RECENT_SIGN_UPS = "recent-sign-ups";
    private static final Set<String> PARTS = Set.of(PAYERS, JOURNEYS, FIGURES, REFERRALS, RECENT_SIGN_UPS);

    /** Longer than the time between two heartbeats of a process ({@code Housekeeping}). */
    private static final Duration SILENCE_OF_A_DEAD_PROCESS = Duration.ofSeconds(12);

    /** The attempts of several nodes that start at once. */
    private static final int ATTEMPTS = 5;

    private final Dialect dialect;
    private final TableNames names;
    private final Connections connections;
    private final String select;
    private final String insert;
    private final String delete;
    private final String latest;

    /** The content of {@code reftrail_setting} when it was last read; empty if there is no such table. */
    private volatile Map<String, String> settings = Map.of();

    Schema(Sql sql, TableNames names, Connections connections) {
        this.dialect = sql.dialect;
        this.names = names;
        this.connections = connections;
        this.select = sql.text("SELECT name, text FROM reftrail_setting");
        this.insert = sql.text("INSERT INTO reftrail_setting (name, text) VALUES (?, ?)") + sql.dialect.onRepeatedKey();
        this.delete = sql.text("DELETE FROM reftrail_setting WHERE name = ?");
        this.latest = sql.text(
                "SELECT MAX(seen_at) FROM reftrail_sender WHERE seen_at > {now} - " + SenderTable.GONE_AFTER_MILLIS);
    }

    /**
     * Requires the tables. Several nodes may do so at once.
     *
     * @throws InvalidSettingException if they are missing or old and are not to be created, or are of a later release
     */
    void require(boolean create) throws SQLException {
        readSettings();
        for (int attempt = 1; create && !isComplete() && attempt <= ATTEMPTS; attempt++) {
            try {
                connections.inTransaction(this::runScript);
            } catch (SQLException raced) {
                if (attempt == ATTEMPTS) {
                    throw raced;
                }
            }
            readSettings();
        }
        requireVersion(version(), create);
        if (!hasIndexes()) {
            logger.warn(
                    "The outbox's tables lack the indexes of this release: erasing a customer and removing old events read the"
                            + " whole table. Run the script {} of reftrail-core again",
                    script().substring(1));
        }
    }

    private boolean isComplete() {
        return !isOlder(version()) && hasIndexes() && settings.keySet().containsAll(PARTS);
    }

    private Optional<String> version() {
        return Optional.ofNullable(settings.get("schema-version"));
    }

    private void requireVersion(Optional<String> version, boolean create) {
        if (version.isEmpty() && create) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "the tables for leads are lost as soon as they are created, because the " + dialect.title()
                            + " database ends with its connection",
                    "Give an H2 database in memory a name and DB_CLOSE_DELAY=-1, or write 'embedded'.",
                    "outbox.store=embedded");
        }
        String scriptAgain = "run the script " + script().substring(1) + " of reftrail-core";
        if (version.isEmpty()) {
            throw new InvalidSettingException(
                    "outbox.initialize-schema",
                    "the tables for leads are missing in the application's " + dialect.title() + " database",
                    "Write 'always' to have them created, or " + scriptAgain
                            + " with the application's own migrations.",
                    "outbox.initialize-schema=always");
        }
        if (isOlder(version)) {
            throw new InvalidSettingException(
                    "outbox.initialize-schema",
                    "the tables for leads are of version " + version.get() + ", and this release needs " + VERSION,
                    "Write 'always' to have them brought up to date, or " + scriptAgain + " again.",
                    "outbox.initialize-schema=always");
        }
        if (Integer.parseInt(version.get()) > VERSION) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "the tables for leads are of version " + version.get() + ", and this release knows " + VERSION,
                    "Use the release that they were made for.",
                    "outbox.store=embedded");
        }
    }

    private static boolean isOlder(Optional<String> version) {
        return version.isEmpty() || Integer.parseInt(version.get()) < VERSION;
    }

    private boolean hasIndexes() {
        return INDEXES.equals(settings.get("indexes"));
    }

    /** Returns whether there is a table of payers now, which only applications with {@code reftrail-payments} need. */
    boolean hasPayers() throws SQLException {
        return readSettings().containsKey(PAYERS);
    }

    /**
     * Returns whether the tables of journeys were there at the start. A release works without them while attribution is not
     * enabled.
     */
    boolean hasJourneys() {
        return settings.containsKey(JOURNEYS);
    }

    /** Returns whether there are tables of figures now, which only applications with {@code reftrail-console} need. */
    boolean hasFigures() throws SQLException {
        return readSettings().containsKey(FIGURES);
    }

    /**
     * Returns whether the tables of referrals were there at the start. A release works without them while "refer a friend" is not
     * enabled.
     */
    boolean hasReferrals() {
        return settings.containsKey(REFERRALS);
    }

    /**
     * Returns whether the table of recent sign-ups was there at the start. Only the policy against many sign-ups of one network
     * needs it.
     */
    boolean hasRecentSignUps() {
        return settings.containsKey(RECENT_SIGN_UPS);
    }

    private int runScript(Connection connection) throws SQLException {
        connections.allowLongStatements(connection);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements()) {
                statement.execute(names.in(sql));
            }
        }
        return 0;
    }

    private List<String> statements() {
        try (InputStream script = Schema.class.getResourceAsStream(script())) {
            if (script == null) {
                throw new IllegalStateException("there is no " + script());
            }
            String sql = new String(script.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return Arrays.stream(sql.split(";"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns the exception for a missing table of payers. */
    InvalidSettingException payersAreMissing() {
        return new InvalidSettingException(
                "outbox.initialize-schema",
                "the table for payments is missing in the application's " + dialect.title() + " database",
                "Write 'always' to have it created, or run the script " + script().substring(1)
                        + " of reftrail-core again.",
                "outbox.initialize-schema=always");
    }

    /** Returns the exception for missing tables of figures. */
    InvalidSettingException figuresAreMissing() {
        return new InvalidSettingException(
                "outbox.initialize-schema",
                "the tables for figures, reftrail_count and reftrail_note, are missing in the outbox's database",
                "Write 'always' to have them created, or run the script " + script().substring(1)
                        + " of reftrail-core again with the application's own migrations.",
                "outbox.initialize-schema=always");
    }

    /** Returns the exception for a missing table of recent sign-ups. */
    InvalidSettingException recentSignUpsAreMissing() {
        return new InvalidSettingException(
                "lead.same-network",
                "the table reftrail_recent_sign_up is missing in the outbox's database",
                "Write {prefix}outbox.initialize-schema=always to have it created, or run the script "
                        + script().substring(1) + " of reftrail-core again with the application's own migrations.",
                "outbox.initialize-schema=always");
    }

    private String script() {
        return "/io/reftrail/outbox/schema/" + dialect.scriptFolder() + "/R__reftrail_outbox.sql";
    }

    /** Returns fingerprints by the key of this outbox. If several nodes start at once, the first one's key is used. */
    Fingerprint.Keyed fingerprints() throws SQLException {
        for (int attempt = 1; !settings.containsKey(HASH_KEY) && attempt <= ATTEMPTS; attempt++) {
            try {
                String own = HexFormat.of().formatHex(Fingerprint.Keyed.randomKey());
                connections.inTransaction(connection -> insert(connection, HASH_KEY, own));
            } catch (SQLException raced) {
                if (attempt == ATTEMPTS) {
                    throw raced;
                }
            }
            readSettings();
        }
        String key = settings.get(HASH_KEY);
        if (key == null) {
            throw new SQLException("the key of the ledger's hashes cannot be stored");
        }
        return new Fingerprint.Keyed(HexFormat.of().parseHex(key));
    }

    /**
     * Makes an application the owner of the tables.
     *
     * @param owner a text that is the same for all processes of the application
     * @param place the place of the tables, for the message
     * @throws InvalidSettingException if a process of another owner uses the tables
     */
    void takeFor(String owner, String place) throws SQLException {
        String current = settings.get(OWNER);
        if (owner.equals(current)) {
            return;
        }
        if (current != null && hasLivingSenders()) {
            throw new InvalidSettingException(
                    "outbox.directory",
                    "another application uses " + place + "; it reports to " + current + ", and this one to " + owner,
                    "Write a directory that only this application uses.",
                    "outbox.directory=another-directory");
        }
        connections.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(delete)) {
                statement.setString(1, OWNER);
                statement.executeUpdate();
            }
            return insert(connection, OWNER, owner);
        });
    }

    /** Returns whether a process writes a heartbeat. After a crash, waits in vain for one. */
    private boolean hasLivingSenders() throws SQLException {
        long before = lastHeartbeat();
        long deadline = System.nanoTime() + SILENCE_OF_A_DEAD_PROCESS.toNanos();
        while (before > 0
                && System.nanoTime() < deadline
                && !Thread.currentThread().isInterrupted()) {
            if (lastHeartbeat() != before) {
                return true;
            }
            LockSupport.parkNanos(SILENCE_OF_A_DEAD_PROCESS.toNanos() / 50);
        }
        return false;
    }

    /** Returns the time of the latest heartbeat, or zero if there was none recently. */
    private long lastHeartbeat() throws SQLException {
        return connections.reading(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(latest);
                    ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        });
    }

    private int insert(Connection connection, String name, String text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, name);
            statement.setString(2, text);
            return statement.executeUpdate();
        }
    }

    /** Reads all settings in one round trip. */
    private Map<String, String> readSettings() throws SQLException {
        try {
            settings = connections.reading(this::settings);
        } catch (SQLException failure) {
            if (!dialect.isMissingTable(failure)) {
                throw failure;
            }
            settings = Map.of();
        }
        return settings;
    }

    private Map<String, String> settings(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select);
                ResultSet rows = statement.executeQuery()) {
            Map<String, String> all = new HashMap<>();
            while (rows.next()) {
                all.put(rows.getString(1), rows.getString(2));
            }
            return all;
        }
    }
}
