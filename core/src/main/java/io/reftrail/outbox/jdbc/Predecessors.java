package io.reftrail.outbox.jdbc;

import io.reftrail.model.Event;
import io.reftrail.outbox.Claim;
import io.reftrail.outbox.LedgerEntry;
import io.reftrail.outbox.internal.Fingerprint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells claimed events what became of those that they follow. Asks nothing where nothing is followed, as most often. */
final class Predecessors {

    private static final int MOST = 256;

    private final Statements sql;
    private final Fingerprint.Keyed fingerprints;
    private final EventCodec codec;

    Predecessors(Statements sql, Fingerprint.Keyed fingerprints, EventCodec codec) {
        this.sql = sql;
        this.fingerprints = fingerprints;
        this.codec = codec;
    }

    /** Returns the claims, each with what it has to know, in their order. */
    List<Claim> tell(Connection connection, List<Claim> claims) throws SQLException {
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
        Map<Fingerprint, LedgerEntry> entries = find(
                connection, unreadable, followed.values().stream().distinct().toList());
        return claims.stream()
                .filter(claim -> !unreadable.contains(followed.get(claim.id())))
                .map(claim ->
                        followed.containsKey(claim.id()) ? told(claim, entries.get(followed.get(claim.id()))) : claim)
                .toList();
    }

    private static Claim told(Claim claim, @Nullable LedgerEntry predecessor) {
        Event event = claim.event();
        return new Claim(claim.id(), claim.leaseToken(), event, claim.attempts(), claim.age(), predecessor);
    }

    /** Rows that this release cannot read keep back what follows them, and nothing else: another release may read them. */
    private Map<Fingerprint, LedgerEntry> find(
            Connection connection, Set<Fingerprint> unreadable, List<Fingerprint> ids) throws SQLException {
        Map<Fingerprint, LedgerEntry> entries = new HashMap<>();
        for (int from = 0; from < ids.size(); from += MOST) {
            List<Fingerprint> batch = ids.subList(from, Math.min(ids.size(), from + MOST));
            try (PreparedStatement select = connection.prepareStatement(sql.predecessors(batch.size()))) {
                for (int index = 0; index < batch.size(); index++) {
                    select.setBytes(index + 1, batch.get(index).bytes());
                }
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Fingerprint id = Fingerprint.ofBytes(row.getBytes(1));
                        try {
                            entries.put(id, EventLedger.entry(row, 2, codec));
                        } catch (IllegalArgumentException ofALaterRelease) {
                            unreadable.add(id);
                        }
                    }
                }
            }
        }
        return entries;
    }
}
