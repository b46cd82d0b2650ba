package io.reftrail.backend;

import io.reftrail.model.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/** Builds an {@link AffitorBackend}. Not thread-safe. */
public final class AffitorBackendBuilder extends BackendBuilder<AffitorBackendBuilder> {

    final ApiKey token;

    @Nullable
    String programId;

    SalesReporting sales = SalesReporting.API;
    boolean captureRef;
    boolean testMode;
    String leadEventName = AffitorBackend.LEAD_EVENT_NAME;

    AffitorBackendBuilder(String token) {
        super(AffitorBackend.NAME, AffitorBackend.BASE_URL, 0);
        this.token = new ApiKey(AffitorBackend.NAME, token);
    }

    private AffitorBackendBuilder(AffitorBackendBuilder other) {
        super(other);
        this.token = other.token;
        this.programId = other.programId;
        this.sales = other.sales;
        this.captureRef = other.captureRef;
        this.testMode = other.testMode;
        this.leadEventName = other.leadEventName;
    }

    /**
     * Sets the program's id, which the test mode and a checkout's metadata need; {@code null} for none, as by default.
     *
     * @throws InvalidSettingException if it is blank
     */
    public AffitorBackendBuilder programId(@Nullable String programId) {
        this.programId = programId == null
                ? null
                : SettingText.required(
                        "affitor.program-id",
                        programId,
                        "Copy the program's id from Affitor, or leave the setting out.");
        return this;
    }

    /**
     * Sets how Affitor learns of sales and refunds; by default from {@link SalesReporting#API the application}. From a
     * {@link SalesReporting#CHECKOUT checkout} it needs a {@linkplain #programId program id}.
     */
    public AffitorBackendBuilder sales(SalesReporting sales) {
        this.sales = sales;
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

    @Override
    AffitorBackendBuilder self() {
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
                    "Copy the program's id from Affitor, or switch {prefix}affitor.test-mode off.",
                    "affitor.test-mode=false");
        }
        if (sales == SalesReporting.CHECKOUT && programId == null) {
            throw new InvalidSettingException(
                    "affitor.program-id",
                    "a checkout's metadata needs the program's id",
                    "Copy the program's id from Affitor, or set {prefix}affitor.sales to api.",
                    "affitor.sales=api");
        }
        return new AffitorBackend(new AffitorBackendBuilder(this));
    }
}
