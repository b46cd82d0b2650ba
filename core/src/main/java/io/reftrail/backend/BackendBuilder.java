package io.reftrail.backend;

import io.reftrail.model.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * What can be set of every vendor: where its API lives, and how many calls it takes.
 *
 * @param <B> the vendor's own builder
 */
abstract sealed class BackendBuilder<B extends BackendBuilder<B>>
        permits AffihubBackendBuilder,
                AffitorBackendBuilder,
                AffonsoBackendBuilder,
                DubBackendBuilder,
                IntrowBackendBuilder,
                RefportBackendBuilder {

    private final String name;
    BaseUrl baseUrl;

    @Nullable
    RateLimit rateLimit;

    /**
     * @param name the backend's name
     * @param baseUrl the vendor's own API
     * @param callsPerMinute how many calls in a minute the vendor takes, or 0 if it says nothing of a limit
     */
    BackendBuilder(String name, String baseUrl, int callsPerMinute) {
        this.name = name;
        this.baseUrl = BaseUrl.of(name, baseUrl);
        this.rateLimit = CallsPerMinute.limit(name, callsPerMinute);
    }

    /** Copies the settings, for a backend that keeps them. */
    BackendBuilder(BackendBuilder<B> other) {
        this.name = other.name;
        this.baseUrl = other.baseUrl;
        this.rateLimit = other.rateLimit;
    }

    /** Returns this builder by its own type. */
    abstract B self();

    /**
     * Sets where the API lives, for staging or a sandbox.
     *
     * @throws InvalidSettingException if it is no URL of an API
     */
    public final B baseUrl(String baseUrl) {
        this.baseUrl = BaseUrl.of(name, baseUrl);
        return self();
    }

    /**
     * Sets how many calls in a minute all processes make together; 0 for no limit. By default as many as the vendor is known
     * to take, and no limit where it says none.
     *
     * @throws InvalidSettingException if it is negative
     */
    public final B callsPerMinute(int callsPerMinute) {
        this.rateLimit = CallsPerMinute.limit(name, callsPerMinute);
        return self();
    }
}
