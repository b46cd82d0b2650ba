package io.reftrail.outbox.jdbc;

import io.reftrail.model.Attribution;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.Settlement;
import io.reftrail.outbox.internal.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The claims and settlements of rows of {@code reftrail_event}, in the transactions of its callers. */
final class EventClaims {

    private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

    /** The number of due events of customers that are searched, to claim them and the clicks that they follow first. */
    private static final int CUSTOMERS_AHEAD = 128;

    private static final int LONGEST_REASON = 500;

    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cntrl}");

    private final Dialect dialect;
    private final Fingerprint.Keyed fingerprints;
    private final StoredEvents stored;
    private final String select;
    private final String selectOf;
    private final String selectAndLease;
    private final String customersDue;
    private final String lease;
    private final String unmark;
    private final String holdsLease;
    private final String predecessors;
    private final String recorded;
    private final String recordedWithAttribution;
    private final String done;
    private final String doneWithAttribution;
    private final String retry;
    private final String postpone;
    private final String die;
    private final String decline;

    /** The backends whose last claim returned clicks, so that events of customers may wait behind others. */
    private final Set<String> behindClicks = ConcurrentHashMap.newKeySet();

    EventClaims(Sql sql, Fingerprint.Keyed fingerprints, StoredEvents stored) {
        this.dialect = sql.dialect;
        this.fingerprints = fingerprints;
        this.stored = stored;
        String columns =
                "SELECT e.id, e.backend, e.attribution, e.payload, e.attempts, {now} - e.enqueued_at, e.lease\n";
        String dueAndReady = """
                FROM reftrail_event e
                WHERE e.backend = ? AND e.due_at <= {now} AND (e.follows IS NULL OR NOT EXISTS
                (SELECT 1 FROM reftrail_event p WHERE p.id = e.follows AND p.due_at <= {held}))
                """;
        String oldestFirst = "ORDER BY e.due_at LIMIT ?" + dialect.lockRows();
        this.select = sql.text(columns + dueAndReady + oldestFirst);
        this.selectOf = sql.text(columns + dueAndReady + "AND e.id IN ({ids})\n" + oldestFirst);
        this.selectAndLease = sql.text("""
                SET LOCAL synchronous_commit TO OFF;
                WITH due AS (
                SELECT e.id, e.due_at, e.lease
                """ + dueAndReady + oldestFirst + """
                ), leased AS (
                UPDATE reftrail_event e SET lease = ?, due_at = {now} + ? FROM due WHERE e.id = due.id
                RETURNING e.id, e.backend, e.attribution, e.payload, e.attempts, {now} - e.enqueued_at AS age,
                due.lease AS last_lease, due.due_at AS was_due)
                SELECT * FROM leased ORDER BY was_due""");
        this.customersDue = sql.text("""
                SELECT id, follows FROM reftrail_event
                WHERE backend = ? AND due_at <= {now} AND customer IS NOT NULL
                ORDER BY due_at LIMIT %d""".formatted(CUSTOMERS_AHEAD));
        this.lease = sql.text("UPDATE reftrail_event SET lease = ?, due_at = {now} + ? WHERE id IN ({ids})");
        this.unmark = sql.text("UPDATE reftrail_event SET lease = NULL WHERE lease = ? AND id IN ({ids})");
        this.holdsLease =
                sql.text("SELECT 1 FROM reftrail_event WHERE id = ? AND lease = ?") + dialect.lockRowsAndWait();
        this.predecessors = sql.text("""
                SELECT id, backend, attribution, occurred_at, verdict, reason
                FROM reftrail_event WHERE id IN ({ids})""");
        String settled = "payload = NULL, due_at = NULL, verdict = ?, reason = ?, settled_at = {now}";
        // The reason of a failed attempt says more than "recorded".
        String kept = settled.replace(
                "reason = ?", "reason = CASE WHEN attempts > 0 AND reason IS NOT NULL THEN reason ELSE ? END");
        this.recorded = sql.text(settling(kept));
        this.recordedWithAttribution = sql.text(settling("attribution = ?, " + kept));
        this.done = sql.text(settling(settled));
        this.doneWithAttribution = sql.text(settling("attribution = ?, " + settled));
        this.retry = sql.text(settling("attempts = attempts + 1, reason = ?, due_at = {now} + ?"));
        this.postpone = sql.text(settling("due_at = {now} + ?"));
        this.die = sql.text(settling("due_at = {dead}, verdict = 'DEAD', reason = ?, settled_at = {now}"));
        this.decline = sql.text(
                settling("payload = NULL, due_at = NULL, verdict = 'DECLINED', reason = ?, settled_at = {now}"));
    }

    /** Only the holder of the lease changes the row, so that a late settlement changes nothing. */
    private static String settling(String assignments) {
        return "UPDATE reftrail_event SET " + assignments + ", lease = NULL WHERE lease = ? AND id IN ({ids})";
    }

    /**
     * Claims due events, the oldest first. After a claim that returned clicks, events of customers and the clicks that they
     * follow come before other clicks. So a flood of clicks delays a customer by only one batch, and without clicks this costs no
     * search. Skips events that this release cannot read, but another node's release may be able to: they wait for the end of the lease
     * and lose its mark, unless an earlier claim has left one.
     */
    List<Claim> claim(Connection connection, String backend, int limit, Duration duration, String token)
            throws SQLException {
        List<Claim> claims = new ArrayList<>();
        List<byte[]> firstClaims = new ArrayList<>();
        if (behindClicks.contains(backend)) {
            claims.addAll(customersAhead(connection, backend, limit, duration, token, firstClaims));
        }
        if (claims.size() < limit) {
            List<Claim> oldest = oldest(connection, backend, limit - claims.size(), duration, token, firstClaims);
            claims.addAll(oldest);
            if (oldest.stream().anyMatch(claim -> claim.event().customerId() == null)) {
                behindClicks.add(backend);
            } else {
                behindClicks.remove(backend);
            }
        }
        List<Claim> readable = withPredecessors(connection, claims);
        if (readable.stream().filter(claim -> !claim.reclaimed()).count() < firstClaims.size()) {
            Set<String> sent = readable.stream().map(Claim::id).collect(Collectors.toSet());
            firstClaims.removeIf(id -> sent.contains(Fingerprint.ofBytes(id).toString()));
            Sql.update(connection, unmark, List.of(token), firstClaims);
        }
        return readable;
    }

    private List<Claim> oldest(
            Connection connection, String backend, int limit, Duration duration, String token, List<byte[]> firstClaims)
            throws SQLException {
        if (dialect.claimsInOneStatement()) {
            return selectAndLease(connection, backend, limit, duration, token, firstClaims);
        }
        try (PreparedStatement due = connection.prepareStatement(select)) {
            due.setString(1, backend);
            due.setInt(2, limit);
            return selectThenLease(connection, due, duration, token, firstClaims);
        }
    }

    private List<Claim> customersAhead(
            Connection connection, String backend, int limit, Duration duration, String token, List<byte[]> firstClaims)
            throws SQLException {
        List<byte[]> ids = customersAndWhatTheyFollow(connection, backend);
        if (ids.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement due = connection.prepareStatement(Sql.withIds(selectOf, ids.size()))) {
            int index = 0;
            due.setString(++index, backend);
            for (byte[] id : ids) {
                due.setBytes(++index, id);
            }
            due.setInt(++index, limit);
            return selectThenLease(connection, due, duration, token, firstClaims);
        }
    }

    private List<byte[]> customersAndWhatTheyFollow(Connection connection, String backend) throws SQLException {
        List<byte[]> ids = new ArrayList<>();
        try (PreparedStatement due = connection.prepareStatement(customersDue)) {
            due.setString(1, backend);
            try (ResultSet row = due.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getBytes(1));
                    byte[] follows = row.getBytes(2);
                    if (follows != null) {
                        ids.add(follows);
                    }
                }
            }
        }
        return Sql.filled(ids);
    }

    /** Does not wait for the disk: if a crash loses a lease, the event is due again. */
    private List<Claim> selectAndLease(
            Connection connection, String backend, int limit, Duration duration, String token, List<byte[]> firstClaims)
            throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(selectAndLease)) {
            claim.setString(1, backend);
            claim.setInt(2, limit);
            claim.setString(3, token);
            claim.setLong(4, duration.toMillis());
            for (boolean rows = claim.execute(); !rows; rows = claim.getMoreResults()) {
                if (claim.getUpdateCount() < 0) {
                    throw new SQLException("the claim has returned no result");
                }
            }
            try (ResultSet row = claim.getResultSet()) {
                return read(row, token, new ArrayList<>(), firstClaims);
            }
        }
    }

    private List<Claim> selectThenLease(
            Connection connection, PreparedStatement due, Duration duration, String token, List<byte[]> firstClaims)
            throws SQLException {
        List<byte[]> ids = new ArrayList<>();
        List<Claim> claims;
        try (ResultSet row = due.executeQuery()) {
            claims = read(row, token, ids, firstClaims);
        }
        Sql.update(connection, lease, List.of(token, duration.toMillis()), ids);
        return claims;
    }

    private List<Claim> read(ResultSet row, String token, List<byte[]> ids, List<byte[]> firstClaims)
            throws SQLException {
        List<Claim> claims = new ArrayList<>();
        while (row.next()) {
            byte[] id = row.getBytes(1);
            ids.add(id);
            if (row.getString(7) == null) {
                firstClaims.add(id);
            }
            Claim claim = read(row, Fingerprint.ofBytes(id).toString(), token);
            if (claim != null) {
                claims.add(claim);
            }
        }
        return claims;
    }

    private @Nullable Claim read(ResultSet row, String id, String token) throws SQLException {
        String backend = row.getString(2);
        try {
            Event event = stored.event(backend, row.getString(3), row.getString(4));
            Duration age = Duration.ofMillis(Math.max(0, row.getLong(6)));
            return new Claim(id, token, event, row.getInt(5), age, null, row.getString(7) != null);
        } catch (IllegalArgumentException ofALaterRelease) {
            logger.warn("Event {} for {} cannot be read by this release and waits for another one", id, backend);
            return null;
        }
    }

    /** Adds the ledger entries of the events that claimed events follow. Most follow none; then there is no query. */
    private List<Claim> withPredecessors(Connection connection, List<Claim> claims) throws SQLException {
        Map<String, Fingerprint> followed = new LinkedHashMap<>();
        for (Claim claim : claims) {
            String key = claim.event().follows();
            if (key != null) {
                followed.put(claim.id(), fingerprints.of(key));
            }
        }
        if (followed.isEmpty()) {
            return claims;
        }
        Set<Fingerprint> unreadable = new HashSet<>();
        List<Fingerprint> keys = followed.values().stream().distinct().toList();
        Map<Fingerprint, LedgerEntry> entries = entries(connection, keys, unreadable);
        return claims.stream()
                .filter(claim -> !unreadable.contains(followed.get(claim.id())))
                .map(claim -> with(claim, entries.get(followed.get(claim.id()))))
                .toList();
    }

    private static Claim with(Claim claim, @Nullable LedgerEntry predecessor) {
        return new Claim(
                claim.id(),
                claim.leaseToken(),
                claim.event(),
                claim.attempts(),
                claim.age(),
                predecessor,
                claim.reclaimed());
    }

    /** A row that this release cannot read holds back the events that follow it, and no others. */
    private Map<Fingerprint, LedgerEntry> entries(
            Connection connection, List<Fingerprint> keys, Set<Fingerprint> unreadable) throws SQLException {
        Map<Fingerprint, LedgerEntry> entries = new HashMap<>();
        for (int from = 0; from < keys.size(); from += Sql.MOST_IDS) {
            List<Fingerprint> batch = keys.subList(from, Math.min(keys.size(), from + Sql.MOST_IDS));
            try (PreparedStatement find = connection.prepareStatement(Sql.withIds(predecessors, batch.size()))) {
                for (int index = 0; index < batch.size(); index++) {
                    find.setBytes(index + 1, batch.get(index).bytes());
                }
                try (ResultSet row = find.executeQuery()) {
                    while (row.next()) {
                        Fingerprint key = Fingerprint.ofBytes(row.getBytes(1));
                        try {
                            entries.put(key, EventTable.entry(row, 2, stored));
                        } catch (IllegalArgumentException ofALaterRelease) {
                            unreadable.add(key);
                        }
                    }
                }
            }
        }
        return entries;
    }

    /** Returns whether a claim is still held. If so, no other sender can claim the event until the transaction ends. */
    boolean holdsLease(Connection connection, Claim claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(holdsLease)) {
            statement.setBytes(1, Fingerprint.parse(claim.id()).bytes());
            statement.setString(2, claim.leaseToken());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Equal settlements of one lease, which one statement stores. */
    private record Group(String leaseToken, Settlement settlement) {}

    /** Ends claims and returns their number. Skips events that another sender has claimed since. */
    int settle(Connection connection, List<Settled> claims) throws SQLException {
        Map<Group, List<byte[]>> groups = new LinkedHashMap<>();
        for (Settled settled : claims) {
            groups.computeIfAbsent(
                            new Group(settled.claim().leaseToken(), settled.settlement()), absent -> new ArrayList<>())
                    .add(Fingerprint.parse(settled.claim().id()).bytes());
        }
        int settled = 0;
        for (Map.Entry<Group, List<byte[]>> group : groups.entrySet()) {
            settled += settleGroup(connection, group.getKey(), group.getValue());
        }
        return settled;
    }

    private int settleGroup(Connection connection, Group group, List<byte[]> ids) throws SQLException {
        if (group.settlement() instanceof Settlement.Done done) {
            return settleDone(connection, done, group.leaseToken(), ids);
        }
        if (group.settlement() instanceof Settlement.Retry retrying) {
            long delay = retrying.delay().toMillis();
            return Sql.update(connection, retry, List.of(text(retrying.reason()), delay, group.leaseToken()), ids);
        }
        if (group.settlement() instanceof Settlement.Postponed postponed) {
            long delay = postponed.delay().toMillis();
            return Sql.update(connection, postpone, List.of(delay, group.leaseToken()), ids);
        }
        if (group.settlement() instanceof Settlement.Declined declined) {
            return Sql.update(connection, decline, List.of(text(declined.reason()), group.leaseToken()), ids);
        }
        String reason = ((Settlement.Dead) group.settlement()).reason();
        return Sql.update(connection, die, List.of(text(reason), group.leaseToken()), ids);
    }

    private int settleDone(Connection connection, Settlement.Done settlement, String token, List<byte[]> ids)
            throws SQLException {
        String verdict = settlement.outcome().verdict().name();
        String reason = text(settlement.outcome().reason());
        Attribution attribution = settlement.outcome().attribution();
        boolean isRecorded = settlement.outcome().verdict() == Verdict.RECORDED;
        return attribution == null
                ? Sql.update(connection, isRecorded ? recorded : done, List.of(verdict, reason, token), ids)
                : Sql.update(
                        connection,
                        isRecorded ? recordedWithAttribution : doneWithAttribution,
                        List.of(stored.write(attribution), verdict, reason, token),
                        ids);
    }

    /** Returns a reason as any of the databases can store it. */
    private static String text(String reason) {
        String printable = CONTROL_CHARACTER.matcher(reason).replaceAll(" ");
        return printable.substring(0, Math.min(printable.length(), LONGEST_REASON));
    }
}
