package io.reftrail.policy;

import io.reftrail.model.Attribution;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The application's knowledge of its partners, by which a partner who refers themselves is recognised. No vendor's answer
 * contains a partner's e-mail address, so the application provides it. It is called while a visitor waits, so it must not wait
 * for a network; an exception holds the lead. Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface Partners {

    /**
     * Returns who is behind a click, or {@code null} if that is unknown. A click names the partner by its
     * {@linkplain Attribution#CODE code} or, where the code is the click id, by the click id.
     */
    @Nullable
    Identity find(Attribution attribution);

    /**
     * Returns whether a customer is a partner; {@code false} unless overridden. A cookie remembers the browser in which a partner
     * signs in, so that a second account in the same browser is recognised.
     *
     * @param customerId the application's id of the customer
     */
    default boolean isPartner(String customerId) {
        return false;
    }

    /**
     * A partner, as the application knows them.
     *
     * @param customerId the application's id of the partner as a customer, or {@code null} if the partner is not a customer
     * @param emails the partner's e-mail addresses; may be empty
     */
    record Identity(@Nullable String customerId, Set<String> emails) {

        /** Copies the addresses. */
        public Identity {
            emails = Set.copyOf(emails);
        }

        /** Leaves everything out: the components are personal data. */
        @Override
        public String toString() {
            return "Identity[]";
        }
    }
}
