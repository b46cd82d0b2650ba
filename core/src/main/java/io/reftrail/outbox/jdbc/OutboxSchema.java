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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of a {@link JdbcOutbox}: looks whether they are there, creates them on request, and keeps the hash key. */
final class OutboxSchema {

    /** The version of the tables that this release works with. */
    static final int VERSION = 2;

    private static final String HASH_KEY = "hash-key";

    private static final int ATTEMPTS = 5;

    private final Database database;
    private final OutboxConnections connections;

    OutboxSchema(Database database, OutboxConnections connections) {
        this.database = database;
        this.connections = connections;
    }

    /**
     * Makes sure that the tables are there. Several nodes may do so at once.
     *
     * @throws InvalidSettingException if they are not and shall not be created, or are of a later release
     */
    void require(boolean create) throws SQLException {
        Optional<String> version = version();
        for (int attempt = 1; create && isOlder(version) && attempt <= ATTEMPTS; attempt++) {
            try {
                connections.inTransaction(this::create);
            } catch (SQLException raced) {
                if (attempt == ATTEMPTS) {
                    throw raced;
                }
            }
            version = version();
        }
        if (version.isEmpty() && create) {
            throw new InvalidSettingException(
                    "outbox.store",
                    "the tables for leads are gone as soon as they are made: the " + database.title
                            + " database lives no longer than a connection",
                    "Give an H2 database in memory a name and DB_CLOSE_DELAY=-1, or write 'embedded'.",
                    "outbox.store=embedded");
        }
        if (version.isEmpty()) {
            throw new InvalidSettingException(
                    "outbox.initialize-schema",
                    "the tables for leads are missing in the application's " + database.title + " database",
                    "Write 'always' to have them created, or run the script " + script().substring(1)
                            + " of reftrail-core with the application's own migrations.",
                    "outbox.initialize-schema=always");
        }
        if (isOlder(version)) {
            throw new InvalidSettingException(
                    "outbox.initialize-schema",
                    "the tables for leads are of version " + version.get() + ", and this release needs " + VERSION,
                    "Write 'always' to have them brought up to date, or run the script " + script().substring(1)
                            + " of reftrail-core again.",
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

    private Optional<String> version() throws SQLException {
        try {
            return connections.inTransaction(connection -> setting(connection, "schema-version"));
        } catch (SQLException failure) {
            if (database.isMissingTable(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private boolean create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements()) {
                statement.execute(sql);
            }
        }
        return true;
    }

    private List<String> statements() {
        try (InputStream script = OutboxSchema.class.getResourceAsStream(script())) {
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

    private String script() {
        return "/io/reftrail/outbox/schema/" + database.name().toLowerCase(Locale.ROOT) + "/R__reftrail_outbox.sql";
    }

    /**
     * What tells one outbox from another.
     *
     * @param fingerprints makes the ledger's hashes
     * @param url where the database is, if its driver says so
     */
    record Identity(
            Fingerprint.Keyed fingerprints, @Nullable String url) {}

    Identity identity() throws SQLException {
        Optional<String> url = connections.inTransaction(
                connection -> Optional.ofNullable(connection.getMetaData().getURL()));
        return new Identity(new Fingerprint.Keyed(hashKey()), url.orElse(null));
    }

    /** Returns the key of the ledger's hashes. Of several nodes that start at once, the first one's key counts. */
    private byte[] hashKey() throws SQLException {
        Optional<String> key = connections.inTransaction(connection -> setting(connection, HASH_KEY));
        for (int attempt = 1; key.isEmpty() && attempt <= ATTEMPTS; attempt++) {
            try {
                String own = HexFormat.of().formatHex(Fingerprint.Keyed.randomKey());
                connections.inTransaction(connection -> insert(connection, own));
            } catch (SQLException raced) {
                if (attempt == ATTEMPTS) {
                    throw raced;
                }
            }
            key = connections.inTransaction(connection -> setting(connection, HASH_KEY));
        }
        return HexFormat.of()
                .parseHex(key.orElseThrow(() -> new SQLException("the hash key is gone as soon as it is made")));
    }

    private boolean insert(Connection connection, String key) throws SQLException {
        String sql = database.insert + " INTO reftrail_setting (name, text) VALUES (?, ?)" + database.onConflict;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, HASH_KEY);
            statement.setString(2, key);
            return statement.executeUpdate() == 1;
        }
    }

    private static Optional<String> setting(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT text FROM reftrail_setting WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
