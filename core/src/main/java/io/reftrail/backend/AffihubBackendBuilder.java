package io.reftrail.backend;

import io.reftrail.model.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/** Builds an {@link AffihubBackend}. Not thread-safe. */
public final class AffihubBackendBuilder {

    final String programId;
    BaseUrl baseUrl = BaseUrl.of(AffihubBackend.NAME, AffihubBackend.BASE_URL);

    @Nullable
    RateLimit rateLimit;

    AffihubBackendBuilder(String programId) {
        this.programId = SettingText.required(
                "affihub.program-id",
                programId,
                "Copy the program's id from Affihub; it stands in the script tag too.");
    }

    private AffihubBackendBuilder(AffihubBackendBuilder other) {
        this.programId = other.programId;
        this.baseUrl = other.baseUrl;
        this.rateLimit = other.rateLimit;
    }

    /**
     * Sets where the API lives, for a sandbox.
     *
     * @throws InvalidSettingException if it is no URL of an API
     */
    public AffihubBackendBuilder baseUrl(String baseUrl) {
        this.baseUrl = BaseUrl.of(AffihubBackend.NAME, baseUrl);
        return this;
    }

    /**
     * Sets how many calls in a minute all processes make together; 0, the default, for no limit: the vendor says none.
     *
     * @throws InvalidSettingException if it is negative
     */
    public AffihubBackendBuilder callsPerMinute(int callsPerMinute) {
        this.rateLimit = CallsPerMinute.limit(AffihubBackend.NAME, callsPerMinute);
        return this;
    }

    /** Returns the backend. */
    public AffihubBackend build() {
        return new AffihubBackend(new AffihubBackendBuilder(this));
    }
}
