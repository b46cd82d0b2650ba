package io.reftrail.samples.sandbox;

import java.util.List;

/**
 * What a vendor is called and how its partner links look.
 *
 * @param name in settings, feed, funnel, faults and base URL: lower case, no spaces
 * @param linkPath what stands before the partner's code
 * @param landingParameter what is added to the query of the merchant's address
 * @param partners the codes of the partners whose links exist
 * @param redirecting whether the vendor has such links and records a click there; if not, partners link to the merchant
 *     themselves, the parameter is their code, and the path is a convenience of the sandbox
 */
record Vendor(String name, String linkPath, String landingParameter, List<String> partners, boolean redirecting) {

    static Vendor withRedirect(String name, String linkPath, String landingParameter, List<String> partners) {
        return new Vendor(name, linkPath, landingParameter, List.copyOf(partners), true);
    }

    static Vendor withoutRedirect(String name, String landingParameter, List<String> partners) {
        return new Vendor(name, "/" + name + "/links/", landingParameter, List.copyOf(partners), false);
    }
}
