package io.reftrail.backend;

import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds an {@link AffonsoBackend}. Not thread-safe. */
public final class AffonsoBackendBuilder {

    final ApiKey apiKey;
    final String programId;
    BaseUrl baseUrl = BaseUrl.of(AffonsoBackend.NAME, AffonsoBackend.BASE_URL);
    List<String> parameters = AffonsoBackend.PARAMETERS;
    Duration cookieDuration = AffonsoBackend.COOKIE_DURATION;
    boolean sendIpAddress = true;
    boolean sendUserAgent = true;

    @Nullable
    RateLimit rateLimit = CallsPerMinute.limit(AffonsoBackend.NAME, AffonsoBackend.CALLS_PER_MINUTE);

    AffonsoBackendBuilder(String apiKey, String programId) {
        this.apiKey = new ApiKey(AffonsoBackend.NAME, apiKey);
        this.programId = SettingText.required(
                "affonso.program-id", programId, "Copy the program's id from Affonso: clicks are refused without it.");
    }

    private AffonsoBackendBuilder(AffonsoBackendBuilder other) {
        this.apiKey = other.apiKey;
        this.programId = other.programId;
        this.baseUrl = other.baseUrl;
        this.parameters = other.parameters;
        this.cookieDuration = other.cookieDuration;
        this.sendIpAddress = other.sendIpAddress;
        this.sendUserAgent = other.sendUserAgent;
        this.rateLimit = other.rateLimit;
    }

    /**
     * Sets where the API lives, for a sandbox.
     *
     * @throws InvalidSettingException if it is no URL of an API
     */
    public AffonsoBackendBuilder baseUrl(String baseUrl) {
        this.baseUrl = BaseUrl.of(AffonsoBackend.NAME, baseUrl);
        return this;
    }

    /**
     * Sets which of Affonso's parameters are taken for its own, the preferred one first; all by default.
     *
     * @throws InvalidSettingException if there is none, or one that Affonso does not know
     */
    public AffonsoBackendBuilder parameters(List<String> parameters) {
        if (parameters.isEmpty() || !AffonsoBackend.PARAMETERS.containsAll(parameters)) {
            throw new InvalidSettingException(
                    "affonso.parameters",
                    parameters.isEmpty() ? "no click could arrive" : parameters + " has one that Affonso does not know",
                    "Write one or more of " + AffonsoBackend.PARAMETERS + ", or leave it out for all of them.");
        }
        this.parameters = List.copyOf(parameters);
        return this;
    }

    /**
     * Sets how long a click is kept, as the program's own cookie lifetime says.
     *
     * @throws InvalidSettingException if it is not positive
     */
    public AffonsoBackendBuilder cookieDuration(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new InvalidSettingException(
                    "affonso.cookie-duration",
                    "a click that is kept for " + duration + " is not kept",
                    "Write the lifetime that your program has, for example '30d'.");
        }
        this.cookieDuration = duration;
        return this;
    }

    /** Sets whether a click is reported with the visitor's address; on by default, the vendor's fraud checks use it. */
    public AffonsoBackendBuilder sendIpAddress(boolean send) {
        this.sendIpAddress = send;
        return this;
    }

    /** Sets whether a click is reported with the visitor's user agent; on by default. */
    public AffonsoBackendBuilder sendUserAgent(boolean send) {
        this.sendUserAgent = send;
        return this;
    }

    /**
     * Sets how many calls in a minute all processes make together; 0 for no limit.
     *
     * @throws InvalidSettingException if it is negative
     */
    public AffonsoBackendBuilder callsPerMinute(int callsPerMinute) {
        this.rateLimit = CallsPerMinute.limit(AffonsoBackend.NAME, callsPerMinute);
        return this;
    }

    /** Returns the backend. */
    public AffonsoBackend build() {
        return new AffonsoBackend(new AffonsoBackendBuilder(this));
    }
}
