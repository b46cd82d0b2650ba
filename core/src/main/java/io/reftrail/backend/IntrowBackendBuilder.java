package io.reftrail.backend;

import io.reftrail.backend.IntrowBackend.Conversion;

/** Builds an {@link IntrowBackend}. Not thread-safe. */
public final class IntrowBackendBuilder extends BackendBuilder<IntrowBackendBuilder> {

    final ApiKey apiKey;
    Conversion conversion = Conversion.SIGN_UP;

    IntrowBackendBuilder(String apiKey) {
        super(IntrowBackend.NAME, IntrowBackend.BASE_URL, IntrowBackend.CALLS_PER_MINUTE);
        this.apiKey = new ApiKey(IntrowBackend.NAME, apiKey);
    }

    /** Sets which event counts; the sign-up by default. */
    public IntrowBackendBuilder conversion(Conversion conversion) {
        this.conversion = conversion;
        return this;
    }

    @Override
    IntrowBackendBuilder self() {
        return this;
    }

    /** Returns the backend. */
    public IntrowBackend build() {
        return new IntrowBackend(this);
    }
}
