package io.reftrail.backend.internal;

import io.reftrail.backend.RateLimit;
import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The base of the vendors' builders: the URL of the API, and how many calls it accepts. Not thread-safe.
 *
 * @param <B> the vendor's own builder
 */
public abstract class VendorBuilder<B extends VendorBuilder<B>> {

    private final String backend;
    private BaseUrl baseUrl;
    private @Nullable RateLimit rateLimit;

    /**
     * Creates a builder with the vendor's defaults.
     *
     * @param backend the name of the backend
     * @param baseUrl the URL of the vendor's API
     * @param callsPerMinute the documented limit of calls per minute, or 0 if no limit is documented
     */
    protected VendorBuilder(String backend, String baseUrl, int callsPerMinute) {
        this.backend = backend;
        this.baseUrl = BaseUrl.of(backend, baseUrl);
        this.rateLimit = limit(backend, callsPerMinute);
    }

    /** Returns this builder as its own type. */
    protected abstract B self();

    /** Returns the URL of the API. */
    protected final BaseUrl baseUrl() {
        return baseUrl;
    }

    /** Returns the limit, or {@code null} for none. */
    protected final @Nullable RateLimit rateLimit() {
        return rateLimit;
    }

    /**
     * Sets the URL of the API, for a staging system or a sandbox.
     *
     * @throws InvalidSettingException if it is not the absolute URL of an API
     */
    public final B baseUrl(String baseUrl) {
        this.baseUrl = BaseUrl.of(backend, baseUrl);
        return self();
    }

    /**
     * Sets how many calls per minute all processes make together; 0 for no limit. The default is the limit that the vendor
     * documents, or no limit.
     *
     * @throws InvalidSettingException if it is negative
     */
    public final B callsPerMinute(int callsPerMinute) {
        this.rateLimit = limit(backend, callsPerMinute);
        return self();
    }

    private static @Nullable RateLimit limit(String backend, int calls) {
        if (calls < 0) {
            throw new InvalidSettingException(
                    backend + ".calls-per-minute",
                    calls + " calls cannot be made",
                    "Write a positive number, or 0 for no limit.");
        }
        return calls == 0 ? null : new RateLimit(calls, Duration.ofMinutes(1));
    }
}
