package io.reftrail;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a reported sale or refund: its status at each backend that the customer's lead was reported to. Empty if no
 * partner referred the customer. A refused event is not a result: it is thrown as an {@link EventRefusedException}.
 *
 * @param statuses the status by the backend's name, in the backends' order; unmodifiable
 */
public record SaleReport(Map<String, SaleStatus> statuses) {

    /** Copies the statuses. */
    public SaleReport {
        statuses = Collections.unmodifiableMap(new LinkedHashMap<>(statuses));
    }

    /** Returns whether the customer is attributed to no backend, so that nothing was reported. */
    public boolean isEmpty() {
        return statuses.isEmpty();
    }

    /** Returns the status at a backend, or {@code null} if the customer is not attributed to it. */
    public @Nullable SaleStatus status(String backend) {
        return statuses.get(backend);
    }

    /** Returns the statuses, for example {@code {dub=ENQUEUED}}. */
    @Override
    public String toString() {
        return statuses.toString();
    }
}
