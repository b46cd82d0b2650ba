package io.reftrail;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a reported lead: its status at each backend that the customer is attributed to. Empty if no partner referred
 * the customer.
 *
 * @param statuses the status by the backend's name, in the backends' order; unmodifiable
 * @param code what is known about the code that the visitor has given in a form, or {@code null} if none was given
 */
public record LeadReport(
        Map<String, LeadStatus> statuses, @Nullable CodeStatus code) {

    /** The report for a customer without a partner. */
    public static final LeadReport NONE = new LeadReport(Map.of());

    /** Copies the statuses. */
    public LeadReport {
        statuses = Collections.unmodifiableMap(new LinkedHashMap<>(statuses));
    }

    /** Creates the report for a customer who has given no code. */
    public LeadReport(Map<String, LeadStatus> statuses) {
        this(statuses, null);
    }

    /** Returns the report for a lead at one backend. */
    public static LeadReport of(String backend, LeadStatus status) {
        return new LeadReport(Map.of(backend, status));
    }

    /** Returns whether the customer is attributed to no backend, so that nothing was reported. */
    public boolean isEmpty() {
        return statuses.isEmpty();
    }

    /** Returns the status at a backend, or {@code null} if the customer is not attributed to it. */
    public @Nullable LeadStatus status(String backend) {
        return statuses.get(backend);
    }

    /** Returns the names of the backends whose lead could not be stored; empty if there are none. */
    public List<String> refused() {
        return statuses.keySet().stream()
                .filter(backend -> statuses.get(backend) == LeadStatus.REFUSED)
                .toList();
    }

    /**
     * Returns this report if no lead was refused. For callers that can try again later, such as a message listener.
     *
     * @throws EventRefusedException if a lead could not be stored
     */
    public LeadReport orThrow() {
        EventRefusedException.throwIfAny("lead", refused());
        return this;
    }

    LeadReport withCode(@Nullable CodeStatus code) {
        return new LeadReport(statuses, code);
    }

    /** Returns the statuses, for example {@code {dub=ENQUEUED}}. */
    @Override
    public String toString() {
        return statuses.toString();
    }
}
