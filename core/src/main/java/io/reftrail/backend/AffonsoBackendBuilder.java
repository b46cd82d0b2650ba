package io.reftrail.backend;

import io.reftrail.model.InvalidSettingException;
import java.time.Duration;
import java.util.List;

/** Builds an {@link AffonsoBackend}. Not thread-safe. */
public final class AffonsoBackendBuilder extends BackendBuilder<AffonsoBackendBuilder> {

    final ApiKey apiKey;
    final String programId;
    List<String> parameters = AffonsoBackend.PARAMETERS;
    Duration cookieDuration = AffonsoBackend.COOKIE_DURATION;
    boolean sendIpAddress = true;
    boolean sendUserAgent = true;

    AffonsoBackendBuilder(String apiKey, String programId) {
        super(AffonsoBackend.NAME, AffonsoBackend.BASE_URL, AffonsoBackend.CALLS_PER_MINUTE);
        this.apiKey = new ApiKey(AffonsoBackend.NAME, apiKey);
        this.programId = SettingText.required(
                "affonso.program-id", programId, "Copy the program's id from Affonso: clicks are refused without it.");
    }

    private AffonsoBackendBuilder(AffonsoBackendBuilder other) {
        super(other);
        this.apiKey = other.apiKey;
        this.programId = other.programId;
        this.parameters = other.parameters;
        this.cookieDuration = other.cookieDuration;
        this.sendIpAddress = other.sendIpAddress;
        this.sendUserAgent = other.sendUserAgent;
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

    @Override
    AffonsoBackendBuilder self() {
        return this;
    }

    /** Returns the backend. */
    public AffonsoBackend build() {
        return new AffonsoBackend(new AffonsoBackendBuilder(this));
    }
}
