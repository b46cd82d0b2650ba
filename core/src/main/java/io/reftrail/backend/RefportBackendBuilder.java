package io.reftrail.backend;

import io.reftrail.model.InvalidSettingException;

/** Builds a {@link RefportBackend}. Not thread-safe. */
public final class RefportBackendBuilder extends BackendBuilder<RefportBackendBuilder> {

    final ApiKey apiKey;
    SalesReporting sales = SalesReporting.API;
    String leadEventName = RefportBackend.LEAD_EVENT_NAME;

    RefportBackendBuilder(String apiKey) {
        super(RefportBackend.NAME, RefportBackend.BASE_URL, 0);
        this.apiKey = new ApiKey(RefportBackend.NAME, apiKey);
    }

    /** Sets how Refport learns of sales; by default from {@link SalesReporting#API the application}. */
    public RefportBackendBuilder sales(SalesReporting sales) {
        this.sales = sales;
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

    @Override
    RefportBackendBuilder self() {
        return this;
    }

    /** Returns the backend. */
    public RefportBackend build() {
        return new RefportBackend(this);
    }
}
