package io.reftrail.backend;

import io.reftrail.model.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/** Builds a {@link RefportBackend}. Not thread-safe. */
public final class RefportBackendBuilder {

    final ApiKey apiKey;
    BaseUrl baseUrl = BaseUrl.of(RefportBackend.NAME, RefportBackend.BASE_URL);
    String leadEventName = RefportBackend.LEAD_EVENT_NAME;

    @Nullable
    RateLimit rateLimit;

    RefportBackendBuilder(String apiKey) {
        this.apiKey = new ApiKey(RefportBackend.NAME, apiKey);
    }

    /**
     * Sets where the API lives, for a sandbox.
     *
     * @throws InvalidSettingException if it is no URL of an API
     */
    public RefportBackendBuilder baseUrl(String baseUrl) {
        this.baseUrl = BaseUrl.of(RefportBackend.NAME, baseUrl);
        return this;
    }

    /**
     * Sets the label of the sign-up event, which is part of the vendor's deduplication key.
     *
     * @throws InvalidSettingException if it is blank
     */
    public RefportBackendBuilder leadEventName(String leadEventName) {
        this.leadEventName = SettingText.required(
                "refport.lead-event-name",
                leadEventName,
                "Write a name, or leave it out for '" + RefportBackend.LEAD_EVENT_NAME + "'.");
        return this;
    }

    /**
     * Sets how many calls in a minute all processes make together; 0, the default, for no limit: the vendor says none.
     *
     * @throws InvalidSettingException if it is negative
     */
    public RefportBackendBuilder callsPerMinute(int callsPerMinute) {
        this.rateLimit = CallsPerMinute.limit(RefportBackend.NAME, callsPerMinute);
        return this;
    }

    /** Returns the backend. */
    public RefportBackend build() {
        return new RefportBackend(this);
    }
}
