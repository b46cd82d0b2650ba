package io.reftrail.outbox.jdbc;

import io.reftrail.outbox.PayerUpdate;
import io.reftrail.outbox.internal.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code reftrail_payer}: one row for each of the payment provider's ids. The rows of one payer lead to a common root,
 * which holds the record and which a change locks. Runs in the transactions of its callers.
 */
final class PayerTable {

    /** The longest wait for another change of the same payer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The largest number of payers that one call of {@link #purge} removes. */
    private static final int PURGED = 100;

    /** The order in which rows are locked, so that two changes do not deadlock. */
    private static final Comparator<Fingerprint> ORDER =
            Comparator.comparingLong(Fingerprint::high).thenComparingLong(Fingerprint::low);

    private final Dialect dialect;
    private final Fingerprint.Keyed fingerprints;
    private final String find;
    private final String insert;
    private final String lock;
    private final String write;
    private final String join;
    private final String delete;
    private final String belowRoots;
    private final String ofCustomer;
    private final String old;

    PayerTable(Sql sql, Fingerprint.Keyed fingerprints) {
        this.dialect = sql.dialect;
        this.fingerprints = fingerprints;
        this.find = sql.text("SELECT id, root FROM reftrail_payer WHERE id IN ({ids})");
        this.insert = sql.text("INSERT INTO reftrail_payer (id, root, changed_at) VALUES (?, ?, {now})")
                + dialect.onRepeatedKey();
        this.lock = sql.text("SELECT id, root, record FROM reftrail_payer WHERE id = ?") + dialect.lockRowsAndWait();
        this.write = sql.text("UPDATE reftrail_payer SET record = ?, customer = ?, changed_at = {now} WHERE id = ?");
        this.join = sql.text(
                "UPDATE reftrail_payer SET root = ?, record = NULL, customer = NULL, changed_at = {now} WHERE id = ?");
        this.delete = sql.text("DELETE FROM reftrail_payer WHERE id IN ({ids})");
        this.belowRoots = sql.text("SELECT id FROM reftrail_payer WHERE root IN ({ids})");
        this.ofCustomer = sql.text("SELECT id FROM reftrail_payer WHERE customer = ?");
        this.old = sql.text(
                "SELECT id FROM reftrail_payer WHERE record IS NOT NULL AND changed_at < {now} - ? LIMIT " + PURGED);
    }

    int update(Connection connection, Set<String> keys, PayerUpdate update) throws SQLException {
        NavigableSet<Fingerprint> ids =
                sorted(keys.stream().map(fingerprints::of).toList());
        Map<Fingerprint, @Nullable String> roots = lockRoots(connection, rootsOf(connection, ids));
        PayerUpdate.Payer payer = update.apply(
                roots.values().stream().filter(record -> record != null).toList());
        List<Fingerprint> joined = new ArrayList<>(roots.keySet());
        Fingerprint root = joined.remove(0);
        write(connection, root, payer);
        for (Fingerprint other : joined) {
            join(connection, other, root);
        }
        NavigableSet<Fingerprint> dropped =
                sorted(payer.dropped().stream().map(fingerprints::of).toList());
        dropped.removeAll(roots.keySet());
        dropLeaves(connection, dropped);
        return 1;
    }

    private static NavigableSet<Fingerprint> sorted(Collection<Fingerprint> ids) {
        NavigableSet<Fingerprint> sorted = new TreeSet<>(ORDER);
        sorted.addAll(ids);
        return sorted;
    }

    /**
     * Returns the roots of the keys, and inserts keys that are new. Locks no other row, because changes that lock rows below a
     * root, and then the root, would deadlock. A root that has meanwhile come below another one is left to {@link #lockRoots}.
     */
    private NavigableSet<Fingerprint> rootsOf(Connection connection, NavigableSet<Fingerprint> ids)
            throws SQLException {
        Map<Fingerprint, Fingerprint> known = find(connection, ids);
        boolean raced = false;
        for (Fingerprint id : ids) {
            if (!known.containsKey(id)) {
                raced |= !insert(connection, id);
                known.put(id, id);
            }
        }
        if (raced) {
            known.putAll(find(connection, ids));
        }
        NavigableSet<Fingerprint> roots = new TreeSet<>(ORDER);
        NavigableSet<Fingerprint> climbing = sorted(known.values());
        Set<Fingerprint> seen = new LinkedHashSet<>();
        while (seen.addAll(climbing)) {
            Map<Fingerprint, Fingerprint> above = find(connection, climbing);
            climbing.stream()
                    .filter(id -> id.equals(above.getOrDefault(id, id)))
                    .forEach(roots::add);
            climbing = sorted(above.values());
        }
        return roots;
    }

    private Map<Fingerprint, Fingerprint> find(Connection connection, NavigableSet<Fingerprint> ids)
            throws SQLException {
        Map<Fingerprint, Fingerprint> roots = new TreeMap<>(ORDER);
        List<byte[]> all = Sql.filled(ids.stream().map(Fingerprint::bytes).toList());
        try (PreparedStatement select = connection.prepareStatement(Sql.withIds(find, all.size()))) {
            int index = 0;
            for (byte[] id : all) {
                select.setBytes(++index, id);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    roots.put(Fingerprint.ofBytes(row.getBytes(1)), Fingerprint.ofBytes(row.getBytes(2)));
                }
            }
        }
        return roots;
    }

    /** Returns whether the key was new, and was not inserted by another change in the meantime. */
    private boolean insert(Connection connection, Fingerprint id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            limit(statement);
            statement.setBytes(1, id.bytes());
            statement.setBytes(2, id.bytes());
            return statement.executeUpdate() > 0;
        } catch (SQLException failure) {
            if (!dialect.isRepeatedKey(failure)) {
                throw failure;
            }
            return false;
        }
    }

    /** Locks the roots and returns their records. For a root that has meanwhile come below another one, locks that one. */
    private Map<Fingerprint, @Nullable String> lockRoots(Connection connection, NavigableSet<Fingerprint> candidates)
            throws SQLException {
        Map<Fingerprint, @Nullable String> roots = new TreeMap<>(ORDER);
        Set<Fingerprint> seen = new LinkedHashSet<>();
        NavigableSet<Fingerprint> next = candidates;
        while (!next.isEmpty()) {
            NavigableSet<Fingerprint> above = new TreeSet<>(ORDER);
            for (Fingerprint id : next) {
                if (seen.add(id)) {
                    lock(connection, id, roots, above);
                }
            }
            next = above;
        }
        if (roots.isEmpty()) {
            throw new SQLException("the record of a payer was erased meanwhile", "40001");
        }
        return roots;
    }

    private void lock(
            Connection connection,
            Fingerprint id,
            Map<Fingerprint, @Nullable String> roots,
            NavigableSet<Fingerprint> above)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(lock)) {
            limit(select);
            select.setBytes(1, id.bytes());
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    Fingerprint root = Fingerprint.ofBytes(row.getBytes(2));
                    if (root.equals(id)) {
                        roots.put(id, row.getString(3));
                    } else {
                        above.add(root);
                    }
                }
            }
        }
    }

    private void limit(PreparedStatement statement) throws SQLException {
        if (dialect.limitsStatements()) {
            statement.setQueryTimeout((int) PATIENCE.toSeconds());
        }
    }

    private void write(Connection connection, Fingerprint root, PayerUpdate.Payer payer) throws SQLException {
        String customer = payer.customerId();
        try (PreparedStatement statement = connection.prepareStatement(write)) {
            statement.setString(1, payer.record());
            statement.setBytes(
                    2, customer == null ? null : fingerprints.of(customer).bytes());
            statement.setBytes(3, root.bytes());
            statement.executeUpdate();
        }
    }

    private void join(Connection connection, Fingerprint id, Fingerprint root) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(join)) {
            statement.setBytes(1, root.bytes());
            statement.setBytes(2, id.bytes());
            statement.executeUpdate();
        }
    }

    /** A row that other rows lead to must stay. */
    private void dropLeaves(Connection connection, NavigableSet<Fingerprint> dropped) throws SQLException {
        List<Fingerprint> leaves = new ArrayList<>();
        for (Fingerprint id : dropped) {
            if (below(connection, Set.of(id)).stream().allMatch(id::equals)) {
                leaves.add(id);
            }
        }
        delete(connection, leaves);
    }

    int forget(Connection connection, String customerId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ofCustomer)) {
            select.setBytes(1, fingerprints.of(customerId).bytes());
            return deleteWithRowsBelow(connection, ids(select));
        }
    }

    /** Removes payers whose record has not changed for as long as the retention, at most {@value #PURGED}. */
    int purge(Connection connection, Duration retention) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(old)) {
            select.setLong(1, retention.toMillis());
            return deleteWithRowsBelow(connection, ids(select));
        }
    }

    private int deleteWithRowsBelow(Connection connection, Set<Fingerprint> roots) throws SQLException {
        Set<Fingerprint> all = new LinkedHashSet<>(roots);
        Set<Fingerprint> level = roots;
        while (!level.isEmpty()) {
            Set<Fingerprint> below = below(connection, level);
            below.removeAll(all);
            all.addAll(below);
            level = below;
        }
        return delete(connection, all);
    }

    private Set<Fingerprint> below(Connection connection, Set<Fingerprint> roots) throws SQLException {
        Set<Fingerprint> below = new LinkedHashSet<>();
        List<byte[]> all = roots.stream().map(Fingerprint::bytes).toList();
        for (int from = 0; from < all.size(); from += Sql.MOST_IDS) {
            List<byte[]> some = Sql.filled(all.subList(from, Math.min(all.size(), from + Sql.MOST_IDS)));
            try (PreparedStatement select = connection.prepareStatement(Sql.withIds(belowRoots, some.size()))) {
                int index = 0;
                for (byte[] id : some) {
                    select.setBytes(++index, id);
                }
                below.addAll(ids(select));
            }
        }
        return below;
    }

    private int delete(Connection connection, Collection<Fingerprint> ids) throws SQLException {
        return Sql.update(
                connection,
                delete,
                List.of(),
                ids.stream().map(Fingerprint::bytes).toList());
    }

    private static Set<Fingerprint> ids(PreparedStatement select) throws SQLException {
        Set<Fingerprint> ids = new LinkedHashSet<>();
        for (byte[] id : EventTable.ids(select)) {
            ids.add(Fingerprint.ofBytes(id));
        }
        return ids;
    }
}
