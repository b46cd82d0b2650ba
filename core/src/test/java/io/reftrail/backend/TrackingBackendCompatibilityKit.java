package io.reftrail.backend;

import java.util.List;

/** What every {@link TrackingBackend} must pass. For a backend of your own, extend it. */
public abstract class TrackingBackendCompatibilityKit {

    /** Returns the backend, with its API at this address and with {@link #SECRET} in place of its key. */
    protected abstract TrackingBackend backend(String baseUrl);

    /** The backend's outcome table: every row of the vendor's documentation. */
    protected abstract List<OutcomeRow> outcomes();

    /** A key that must show nowhere but in the headers of a call. */
    public static final String SECRET = "secret_key_0f9e8d7c";
}
