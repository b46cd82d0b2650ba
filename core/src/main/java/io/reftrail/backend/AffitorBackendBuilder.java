package io.reftrail.backend;

import io.reftrail.model.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/** Builds an {@link AffitorBackend}. Not thread-safe. */
public final class AffitorBackendBuilder {

    final ApiKey token;
    BaseUrl baseUrl = BaseUrl.of(AffitorBackend.NAME, AffitorBackend.BASE_URL);

    @Nullable
    String programId;

    boolean captureRef;
    boolean testMode;
    String leadEventName = AffitorBackend.LEAD_EVENT_NAME;

    @Nullable
    RateLimit rateLimit;

    AffitorBackendBuilder(String token) {
        this.token = new ApiKey(AffitorBackend.NAME, token);
    }

    private AffitorBackendBuilder(AffitorBackendBuilder other) {
        this.token = other.token;
        this.baseUrl = other.baseUrl;
        this.programId = other.programId;
        this.captureRef = other.captureRef;
        this.testMode = other.testMode;
        this.leadEventName = other.leadEventName;
        this.rateLimit = other.rateLimit;
    }

    /**
     * Sets where the API lives, for a sandbox.
     *
     * @throws InvalidSettingException if it is no URL of an API
     */
    public AffitorBackendBuilder baseUrl(String baseUrl) {
        this.baseUrl = BaseUrl.of(AffitorBackend.NAME, baseUrl);
        return this;
    }

    /**
     * Sets the program's id, which the test mode and a checkout's metadata need.
     *
     * @throws InvalidSettingException if it is blank
     */
    public AffitorBackendBuilder programId(String programId) {
        this.programId = SettingText.required(
                "affitor.program-id", programId, "Copy the program's id from Affitor, or leave the setting out.");
        return this;
    }

    /** Sets whether links with {@code ref}, the parameter of older links, are taken for Affitor's too; off by default. */
    public AffitorBackendBuilder captureRef(boolean captureRef) {
        this.captureRef = captureRef;
        return this;
    }

    /** Sets whether everything is reported as a test; off by default. Needs a {@linkplain #programId program id}. */
    public AffitorBackendBuilder testMode(boolean testMode) {
        this.testMode = testMode;
        return this;
    }

    /**
     * Sets what the sign-up is called.
     *
     * @throws InvalidSettingException if it is blank
     */
    public AffitorBackendBuilder leadEventName(String leadEventName) {
        this.leadEventName = SettingText.required(
                "affitor.lead-event-name",
                leadEventName,
                "Write a name, or leave it out for '" + AffitorBackend.LEAD_EVENT_NAME + "'.");
        return this;
    }

    /**
     * Sets how many calls in a minute all processes make together; 0, the default, for no limit: the vendor says none.
     *
     * @throws InvalidSettingException if it is negative
     */
    public AffitorBackendBuilder callsPerMinute(int callsPerMinute) {
        this.rateLimit = CallsPerMinute.limit(AffitorBackend.NAME, callsPerMinute);
        return this;
    }

    /**
     * Returns the backend.
     *
     * @throws InvalidSettingException if the settings do not fit together
     */
    public AffitorBackend build() {
        if (testMode && programId == null) {
            throw new InvalidSettingException(
                    "affitor.program-id",
                    "the test mode needs the program's id",
                    "Copy the program's id from Affitor, or switch {prefix}affitor.test-mode off.");
        }
        return new AffitorBackend(new AffitorBackendBuilder(this));
    }
}
