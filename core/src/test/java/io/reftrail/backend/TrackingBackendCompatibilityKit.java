package io.reftrail.backend;

/**
 * What every {@link TrackingBackend} must pass. One of your own extends this, returns itself in {@link #backend} with
 * {@link #SECRET} as its key, and its table in {@link #outcomes}; docs/adding-a-backend.md shows it in full.
 */
public abstract class TrackingBackendCompatibilityKit extends BackendWireContract {}
