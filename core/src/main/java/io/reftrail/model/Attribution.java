package io.reftrail.model;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the click that brought a visitor: which backend issued the click id, and when it was clicked.
 *
 * @param backend the {@linkplain io.reftrail.model name} of the tracking backend, for example {@code introw}
 * @param clickId the backend's click id, decoded, never blank
 * @param clickedAt when the click was captured, or {@code null} where another writer (the vendor's page script) set
 *     the cookie
 */
public record Attribution(
        String backend, String clickId, @Nullable Instant clickedAt) {

    /** @throws IllegalArgumentException if the click id is blank */
    public Attribution {
        Objects.requireNonNull(backend, "backend");
        if (clickId.isBlank()) {
            throw new IllegalArgumentException("clickId is blank");
        }
    }

    /** Leaves the click id out: it identifies a visitor. */
    @Override
    public String toString() {
        return "Attribution[backend=" + backend + ", clickedAt=" + clickedAt + "]";
    }
}
