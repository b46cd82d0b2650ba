package io.reftrail.outbox;

import io.reftrail.model.Event;
import io.reftrail.outbox.SettlementGroups.Group;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases and settles rows of {@code reftrail_event}, on connections that others begin and commit. */
final class EventClaims {

    private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

    private final Statements sql;
    private final EventCodec codec;
    private final Predecessors predecessors;

    EventClaims(Statements sql, Fingerprint.Keyed fingerprints, EventCodec codec) {
        this.sql = sql;
        this.codec = codec;
        this.predecessors = new Predecessors(sql, fingerprints, codec);
    }

    /** Leases events that are due. Passes those that this release cannot read: another node's release may. */
    List<Claim> claim(Connection connection, String backend, int limit, Duration duration, String lease)
            throws SQLException {
        List<Claim> claims = sql.database == Database.POSTGRESQL
                ? selectAndLease(connection, backend, limit, duration, lease)
                : selectThenLease(connection, backend, limit, duration, lease);
        return predecessors.tell(connection, claims);
    }

    /** In one go, without waiting for the disk: a lease that a crash forgets makes the event due again, no more. */
    private List<Claim> selectAndLease(
            Connection connection, String backend, int limit, Duration duration, String lease) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(sql.selectAndLease)) {
            claim.setString(1, backend);
            claim.setInt(2, limit);
            claim.setString(3, lease);
            claim.setLong(4, duration.toMillis());
            for (boolean rows = claim.execute(); !rows; rows = claim.getMoreResults()) {
                if (claim.getUpdateCount() < 0) {
                    throw new SQLException("the claim has brought no rows, not even none");
                }
            }
            try (ResultSet row = claim.getResultSet()) {
                return read(row, lease, new ArrayList<>());
            }
        }
    }

    private List<Claim> selectThenLease(
            Connection connection, String backend, int limit, Duration duration, String lease) throws SQLException {
        List<byte[]> ids = new ArrayList<>();
        List<Claim> claims;
        try (PreparedStatement select = connection.prepareStatement(sql.select)) {
            select.setString(1, backend);
            select.setInt(2, limit);
            try (ResultSet row = select.executeQuery()) {
                claims = read(row, lease, ids);
            }
        }
        IdBatches.update(connection, sql::lease, List.of(lease, duration.toMillis()), ids);
        return claims;
    }

    private List<Claim> read(ResultSet row, String lease, List<byte[]> ids) throws SQLException {
        List<Claim> claims = new ArrayList<>();
        while (row.next()) {
            byte[] id = row.getBytes(1);
            ids.add(id);
            Claim claim = read(row, Fingerprint.ofBytes(id).toString(), lease);
            if (claim != null) {
                claims.add(claim);
            }
        }
        return claims;
    }

    private @Nullable Claim read(ResultSet row, String id, String lease) throws SQLException {
        String backend = row.getString(2);
        try {
            Event event = codec.event(backend, row.getString(3), row.getString(4));
            Duration age = Duration.ofMillis(Math.max(0, row.getLong(6)));
            return new Claim(id, lease, event, row.getInt(5), age);
        } catch (RuntimeException unreadable) {
            logger.warn("Event {} for {} cannot be read by this release and waits for another", id, backend);
            return null;
        }
    }

    /** Ends leases, but not of events that somebody else has leased since; returns how many. */
    int settle(Connection connection, List<Settled> claims) throws SQLException {
        int settled = 0;
        for (Group group : SettlementGroups.of(claims)) {
            settled += IdBatches.update(
                    connection, ids -> group.statement(sql, ids), group.parameters(codec), group.ids());
        }
        return settled;
    }
}
