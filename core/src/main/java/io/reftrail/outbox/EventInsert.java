package io.reftrail.outbox;

import io.reftrail.model.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes events into {@code reftrail_event}, on connections that others begin and commit. */
final class EventInsert {

    /** No sign-up waits longer for its insert, for instance behind an equal one that is not committed yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Statements sql;
    private final Fingerprint.Keyed fingerprints;
    private final EventCodec codec;

    EventInsert(Statements sql, Fingerprint.Keyed fingerprints, EventCodec codec) {
        this.sql = sql;
        this.fingerprints = fingerprints;
        this.codec = codec;
    }

    /** Inserts an event and returns whether its key was new. */
    boolean insert(Connection connection, Event event) throws SQLException {
        return insert(connection, sql.insert, event);
    }

    /**
     * Inserts an event in the caller's transaction and returns whether its key was new. Behind a savepoint: whatever goes
     * wrong here, the transaction can go on.
     */
    boolean insertJoining(Connection connection, Event event) throws SQLException {
        if (sql.database != Database.POSTGRESQL) {
            execute(connection, "SAVEPOINT reftrail");
        }
        try {
            return insert(connection, sql.insertJoining, event);
        } catch (SQLException | RuntimeException failure) {
            returnToSavepoint(connection, failure);
            throw failure;
        }
    }

    private boolean insert(Connection connection, String text, Event event) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            if (sql.database.limitsStatements()) {
                statement.setQueryTimeout((int) PATIENCE.toSeconds());
            }
            statement.setBytes(1, hash(event.deduplicationKey()));
            statement.setString(2, event.backend());
            statement.setBytes(3, hash(event.customerId()));
            statement.setBytes(4, hash(event.follows()));
            statement.setString(5, codec.attribution(event));
            statement.setString(6, codec.payload(event));
            statement.setLong(7, event.occurredAt().toEpochMilli());
            return updated(statement) > 0;
        } catch (SQLException failure) {
            if (sql.database.isDuplicate(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private byte @Nullable [] hash(@Nullable String text) {
        return text == null ? null : fingerprints.of(text).bytes();
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
     * Where even the savepoint is gone, the database has rolled the whole transaction back (MySQL does, for a deadlock):
     * then the connection is broken off, so that no half of a sign-up is committed by what the caller does next.
     */
    private void returnToSavepoint(Connection connection, Throwable cause) throws SQLException {
        try {
            execute(connection, "ROLLBACK TO SAVEPOINT reftrail");
        } catch (SQLException gone) {
            cause.addSuppressed(gone);
            if (sql.database == Database.MYSQL) {
                connection.abort(Runnable::run);
            }
        }
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
