package io.reftrail.benchmarks.signin;

/** How the backend is, as seen by one application. */
enum BackendState {
    /** There is no Reftrail at all, so that nobody calls it. */
    NOT_CALLED("without Reftrail"),
    /** It answers. */
    HEALTHY("the backend answers"),
    /** It takes connections, and never answers. */
    HUNG("the backend hangs"),
    /** It takes no connections. */
    DOWN("the backend is down");

    private final String title;

    BackendState(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
