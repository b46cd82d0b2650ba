package io.reftrail.backend;

import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the setting that bounds the calls to a vendor. */
final class CallsPerMinute {

    private CallsPerMinute() {}

    /** @throws InvalidSettingException if the number is negative; 0 is no limit, {@code null} */
    static @Nullable RateLimit limit(String backend, int calls) {
        if (calls < 0) {
            throw new InvalidSettingException(
                    backend + ".calls-per-minute",
                    calls + " calls cannot be made",
                    "Write a positive number, or 0 for no limit of ours.");
        }
        return calls == 0 ? null : new RateLimit(calls, Duration.ofMinutes(1));
    }
}
