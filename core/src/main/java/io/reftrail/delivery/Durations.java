package io.reftrail.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Arithmetic of waiting times, where {@code null} is for ever. */
final class Durations {

    private Durations() {}

    static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }
}
