package io.reftrail.outbox.memory;

import io.reftrail.outbox.internal.Fingerprint;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Since when customers are known, as long as there is room. Guarded by the {@link InMemoryOutbox}. */
final class RememberedCustomers {

    private final Map<Fingerprint, Instant> since;

    /** @param remembered how many; those who came first go first */
    RememberedCustomers(int remembered) {
        this.since = new LinkedHashMap<>() {

            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Fingerprint, Instant> eldest) {
                return size() > remembered;
            }
        };
    }

    @Nullable
    Instant since(Fingerprint customer) {
        return since.get(customer);
    }

    void recordFirstSignIns(Fingerprint customer, Instant known) {
        since.merge(customer, known, (before, now) -> now.isBefore(before) ? now : before);
    }

    int forget(Fingerprint customer) {
        return since.remove(customer) == null ? 0 : 1;
    }
}
