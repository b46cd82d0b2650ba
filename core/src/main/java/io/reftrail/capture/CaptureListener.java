package io.reftrail.capture;

/** A listener that is notified of every captured parameter, for metrics. Called on the request's thread; must not block. */
@FunctionalInterface
public interface CaptureListener {

    /** A listener that does nothing. */
    CaptureListener NONE = (backend, result) -> {};

    /** Receives the result for a backend whose parameter is in the query. */
    void onCapture(String backend, CaptureResult result);
}
