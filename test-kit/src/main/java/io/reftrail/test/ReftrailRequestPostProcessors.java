package io.reftrail.test;

/**
 * Visitors for {@code MockMvc}: {@code mvc.perform(post("/signup").with(clickedLinkOf("introw", "aff_123")))}. Import the
 * methods statically.
 */
public final class ReftrailRequestPostProcessors {

    private ReftrailRequestPostProcessors() {}

    /**
     * Returns a visitor who has followed a partner link before this request.
     *
     * @param backend the name of an active backend
     * @param value what its links carry: a click id, or a partner's code
     */
    public static ClickRequestPostProcessor clickedLinkOf(String backend, String value) {
        return clicked(PartnerClick.of(backend, value));
    }

    /** Returns a visitor after any click, see {@link #clickedLinkOf}. */
    public static ClickRequestPostProcessor clicked(PartnerClick click) {
        return new ClickRequestPostProcessor(click);
    }
}
