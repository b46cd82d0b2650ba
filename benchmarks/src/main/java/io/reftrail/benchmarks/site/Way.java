package io.reftrail.benchmarks.site;

/** A way to serve the site, each below a path of its own and of the same length. */
public enum Way {
    /** No filter at all. */
    BARE("/bare"),
    /** Reftrail's filter with all six backends. */
    REFTRAIL("/refl"),
    /** A filter that answers everything with one fixed redirect. */
    REDIRECT("/redi");

    private final String path;

    Way(String path) {
        this.path = path;
    }

    /** The path of its context. */
    public String path() {
        return path;
    }
}
