package io.reftrail.outbox.jdbc;

import io.reftrail.model.Event;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.internal.Fingerprint;
import io.reftrail.outbox.jdbc.SettlementGroups.Group;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases and settles rows of {@code reftrail_event}, on connections that others begin and commit. */
final class EventClaims {

    private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

    private final Statements sql;
    private final EventCodec codec;
    private final Predecessors predecessors;

    /** The backends whose last claim has brought clicks, of which more may stand before customers. */
    private final Set<String> behindClicks = ConcurrentHashMap.newKeySet();

    EventClaims(Statements sql, Fingerprint.Keyed fingerprints, EventCodec codec) {
        this.sql = sql;
        this.codec = codec;
        this.predecessors = new Predecessors(sql, fingerprints, codec);
    }

    /**
     * Leases events that are due, the oldest first; but where clicks have come up, customers and the clicks that they follow go
     * before other clicks. So a flood of clicks holds a customer up by one batch, and where there are none nothing is looked for.
     * Passes events that this release cannot read: another node's release may.
     */
    List<Claim> claim(Connection connection, String backend, int limit, Duration duration, String lease)
            throws SQLException {
        List<Claim> claims = new ArrayList<>();
        if (behindClicks.contains(backend)) {
            claims.addAll(customersAhead(connection, backend, limit, duration, lease));
        }
        if (claims.size() < limit) {
            List<Claim> oldest = oldest(connection, backend, limit - claims.size(), duration, lease);
            claims.addAll(oldest);
            if (oldest.stream().anyMatch(claim -> claim.event().customerId() == null)) {
                behindClicks.add(backend);
            } else {
                behindClicks.remove(backend);
            }
        }
        return predecessors.tell(connection, claims);
    }

    private List<Claim> oldest(Connection connection, String backend, int limit, Duration duration, String lease)
            throws SQLException {
        if (sql.database == Database.POSTGRESQL) {
            return selectAndLease(connection, backend, limit, duration, lease);
        }
        try (PreparedStatement select = connection.prepareStatement(sql.select)) {
            select.setString(1, backend);
            select.setInt(2, limit);
            return selectThenLease(connection, select, duration, lease);
        }
    }

    private List<Claim> customersAhead(
            Connection connection, String backend, int limit, Duration duration, String lease) throws SQLException {
        List<byte[]> ids = customersAndWhatTheyFollow(connection, backend);
        if (ids.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement select = connection.prepareStatement(sql.selectOf(ids.size()))) {
            int index = 0;
            select.setString(++index, backend);
            for (byte[] id : ids) {
                select.setBytes(++index, id);
            }
            select.setInt(++index, limit);
            return selectThenLease(connection, select, duration, lease);
        }
    }

    private List<byte[]> customersAndWhatTheyFollow(Connection connection, String backend) throws SQLException {
        List<byte[]> ids = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql.customersDue)) {
            select.setString(1, backend);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getBytes(1));
                    byte[] follows = row.getBytes(2);
                    if (follows != null) {
                        ids.add(follows);
                    }
                }
            }
        }
        return IdBatches.filled(ids);
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
            Connection connection, PreparedStatement select, Duration duration, String lease) throws SQLException {
        List<byte[]> ids = new ArrayList<>();
        List<Claim> claims;
        try (ResultSet row = select.executeQuery()) {
            claims = read(row, lease, ids);
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
