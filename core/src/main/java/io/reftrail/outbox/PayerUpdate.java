package io.reftrail.outbox;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of what is stored about a payer. */
@FunctionalInterface
public interface PayerUpdate {

    /**
     * Returns the record of a payer after the change. May enqueue events. Called again if the database has rolled the transaction
     * back because of another one.
     *
     * @param records what was stored: nothing for a payer who is new, and several records if the same payer was known under keys
     *     that were not connected before
     */
    Payer apply(List<String> records);

    /**
     * A payer as an outbox stores it.
     *
     * @param record the record, a text of the caller's format
     * @param customerId the application's id of the customer, by which {@link Outbox#forget} finds the record, or {@code null}
     * @param dropped keys that the record no longer needs; an outbox may keep some of them. May be empty
     */
    record Payer(String record, @Nullable String customerId, Set<String> dropped) {

        /** Copies the keys. */
        public Payer {
            dropped = Set.copyOf(dropped);
        }

        /** Returns a description without ids. */
        @Override
        public String toString() {
            return "Payer[length=" + record.length() + "]";
        }
    }
}
