package io.reftrail.backend;

import io.reftrail.backend.IntrowBackend.Conversion;
import io.reftrail.model.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/** Builds an {@link IntrowBackend}. Not thread-safe. */
public final class IntrowBackendBuilder {

    final ApiKey apiKey;
    BaseUrl baseUrl = BaseUrl.of(IntrowBackend.NAME, IntrowBackend.BASE_URL);
    Conversion conversion = Conversion.SIGN_UP;

    @Nullable
    RateLimit rateLimit = CallsPerMinute.limit(IntrowBackend.NAME, IntrowBackend.CALLS_PER_MINUTE);

    IntrowBackendBuilder(String apiKey) {
        this.apiKey = new ApiKey(IntrowBackend.NAME, apiKey);
    }

    /**
     * Sets where the API lives, for staging or a sandbox.
     *
     * @throws InvalidSettingException if it is no URL of an API
     */
    public IntrowBackendBuilder baseUrl(String baseUrl) {
        this.baseUrl = BaseUrl.of(IntrowBackend.NAME, baseUrl);
        return this;
    }

    /** Sets which event counts; the sign-up by default. */
    public IntrowBackendBuilder conversion(Conversion conversion) {
        this.conversion = conversion;
        return this;
    }

    /**
     * Sets how many calls in a minute all processes make together; 0 for no limit.
     *
     * @throws InvalidSettingException if it is negative
     */
    public IntrowBackendBuilder callsPerMinute(int callsPerMinute) {
        this.rateLimit = CallsPerMinute.limit(IntrowBackend.NAME, callsPerMinute);
        return this;
    }

    /** Returns the backend. */
    public IntrowBackend build() {
        return new IntrowBackend(this);
    }
}
