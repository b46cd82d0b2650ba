package io.reftrail.backend;

/** Builds an {@link AffihubBackend}. Not thread-safe. */
public final class AffihubBackendBuilder extends BackendBuilder<AffihubBackendBuilder> {

    final String programId;

    AffihubBackendBuilder(String programId) {
        super(AffihubBackend.NAME, AffihubBackend.BASE_URL, 0);
        this.programId = SettingText.required(
                "affihub.program-id",
                programId,
                "Copy the program's id from Affihub; it stands in the script tag too.");
    }

    private AffihubBackendBuilder(AffihubBackendBuilder other) {
        super(other);
        this.programId = other.programId;
    }

    @Override
    AffihubBackendBuilder self() {
        return this;
    }

    /** Returns the backend. */
    public AffihubBackend build() {
        return new AffihubBackend(new AffihubBackendBuilder(this));
    }
}
