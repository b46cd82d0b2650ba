package io.reftrail.capture;

/** Told of every captured parameter: the hook for metrics. Called on the request's thread; must not block. */
@FunctionalInterface
public interface CaptureListener {

    /** Listens to nothing. */
    CaptureListener NONE = (backend, result) -> {};

    /** Called once for each backend whose parameter was in the query. */
    void onCapture(String backend, CaptureResult result);
}
