package io.reftrail.outbox.jdbc;

import io.reftrail.model.Event;
import io.reftrail.outbox.internal.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes events into {@code reftrail_event}, on connections that others begin and commit. */
final class EventInsert {

    /** No sign-up waits longer for its insert, for instance behind an equal one that is not committed yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String IN_FAILED_TRANSACTION = "25P02";

    private final Statements sql;
    private final Fingerprint.Keyed fingerprints;
    private final EventCodec codec;

    EventInsert(Statements sql, Fingerprint.Keyed fingerprints, EventCodec codec) {
        this.sql = sql;
        this.fingerprints = fingerprints;
        this.codec = codec;
    }

    /** What becomes of an event in the table; made before anything is asked of the database. */
    private record Row(
            Fingerprint id,
            String backend,
            @Nullable Fingerprint customer,
            @Nullable Fingerprint follows,
            String attribution,
            String payload,
            long occurredAt) {}

    private Row row(Event event) {
        return new Row(
                fingerprints.of(event.deduplicationKey()),
                event.backend(),
                hash(event.customerId()),
                hash(event.follows()),
                codec.attribution(event.attribution()),
                codec.payload(event),
                event.occurredAt().toEpochMilli());
    }

    /** Inserts an event and returns whether its key was new. */
    boolean insert(Connection connection, Event event) throws SQLException {
        return insert(connection, sql.insert, row(event));
    }

    /**
     * Inserts an event in the caller's transaction and returns whether its key was new. Behind a savepoint: whatever goes
     * wrong here, the transaction can go on.
     */
    boolean insertJoining(Connection connection, Event event) throws SQLException {
        Row row = row(event);
        if (sql.database != Database.POSTGRESQL) {
            execute(connection, "SAVEPOINT reftrail");
        }
        try {
            return !isKnown(connection, row) && insert(connection, sql.insertJoining, row);
        } catch (SQLException failure) {
            returnToSavepoint(connection, failure);
            throw failure;
        }
    }

    /** In MySQL a repeated insert would lock the row, which the dispatcher is about to settle, until the caller's end. */
    private boolean isKnown(Connection connection, Row row) throws SQLException {
        if (sql.database != Database.MYSQL) {
            return false;
        }
        try (PreparedStatement select = connection.prepareStatement(sql.find)) {
            select.setBytes(1, row.id().bytes());
            try (ResultSet known = select.executeQuery()) {
                return known.next();
            }
        }
    }

    private boolean insert(Connection connection, String text, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            if (sql.database.limitsStatements()) {
                statement.setQueryTimeout((int) PATIENCE.toSeconds());
            }
            statement.setBytes(1, row.id().bytes());
            statement.setString(2, row.backend());
            statement.setBytes(3, bytes(row.customer()));
            statement.setBytes(4, bytes(row.follows()));
            statement.setString(5, row.attribution());
            statement.setString(6, row.payload());
            statement.setLong(7, row.occurredAt());
            return updated(statement) > 0;
        } catch (SQLException failure) {
            if (sql.database.isDuplicate(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private @Nullable Fingerprint hash(@Nullable String text) {
        return text == null ? null : fingerprints.of(text);
    }

    private static byte @Nullable [] bytes(@Nullable Fingerprint fingerprint) {
        return fingerprint == null ? null : fingerprint.bytes();
    }

    /** Adds up the rows that all parts of the statement have changed. */
    private static int updated(PreparedStatement statement) throws SQLException {
        int updated = 0;
        statement.execute();
        for (int count = statement.getUpdateCount(); count >= 0; count = statement.getUpdateCount()) {
            updated += count;
            statement.getMoreResults();
        }
        return updated;
    }

    /**
     * Where even the savepoint is gone, the database has rolled the whole transaction back (MySQL and H2 do, for a
     * deadlock): then the connection is broken off, so that no half of a sign-up is committed by what the caller does
     * next. A transaction that had failed before us is left as it was.
     */
    private void returnToSavepoint(Connection connection, SQLException cause) throws SQLException {
        if (IN_FAILED_TRANSACTION.equals(cause.getSQLState())) {
            return;
        }
        try {
            execute(connection, "ROLLBACK TO SAVEPOINT reftrail");
            if (sql.database == Database.POSTGRESQL) {
                execute(connection, "RELEASE SAVEPOINT reftrail");
            }
        } catch (SQLException gone) {
            cause.addSuppressed(gone);
            if (sql.database == Database.MYSQL) {
                connection.abort(Runnable::run);
            } else if (sql.database == Database.H2) {
                connection.close();
            }
        }
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
