package io.reftrail.outbox;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The keys of all events that are here, and of the last ones that were settled. Guarded by the {@link InMemoryOutbox}.
 */
final class DeduplicationKeys {

    private final int remembered;
    private final Set<Fingerprint> present = new HashSet<>();
    private final Set<Fingerprint> settled = new LinkedHashSet<>();

    /** @param remembered how many keys of settled events are kept; the oldest go first */
    DeduplicationKeys(int remembered) {
        this.remembered = remembered;
    }

    boolean contains(Fingerprint key) {
        return present.contains(key) || settled.contains(key);
    }

    void add(Fingerprint key) {
        present.add(key);
    }

    void settle(Fingerprint key) {
        present.remove(key);
        settled.add(key);
        if (settled.size() > remembered) {
            settled.remove(settled.iterator().next());
        }
    }
}
