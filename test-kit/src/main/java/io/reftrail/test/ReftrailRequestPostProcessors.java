package io.reftrail.test;

/**
 * Visitors for {@code MockMvc}: {@code mvc.perform(post("/signup").with(clickedLinkOf("introw", "aff_123")))}. To be
 * imported statically.
 */
public final class ReftrailRequestPostProcessors {

    private ReftrailRequestPostProcessors() {}

    /**
     * Returns a visitor who has come through a partner's link before this request.
     *
     * @param backend the name of an active backend
     * @param value what its links carry: a click id, or a partner's code
     */
    public static ClickRequestPostProcessor clickedLinkOf(String backend, String value) {
        return clicked(PartnerClick.of(backend, value));
    }

    /** As {@link #clickedLinkOf}, for any click. */
    public static ClickRequestPostProcessor clicked(PartnerClick click) {
        return new ClickRequestPostProcessor(click);
    }
}
