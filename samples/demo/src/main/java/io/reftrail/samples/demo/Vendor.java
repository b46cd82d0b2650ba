package io.reftrail.samples.demo;

import java.util.List;
import java.util.Set;

/**
 * How one vendor's journey goes.
 *
 * @param name the backend's name
 * @param link the path of a partner's link
 * @param parameter the query parameter that the visitor arrives with
 * @param cookie the cookie that keeps the click
 * @param exchanged whether the parameter carries a code that the vendor has to exchange for a click id
 * @param told the kinds of events that the vendor is told of, by the shop or by the payment provider
 */
record Vendor(String name, String link, String parameter, String cookie, boolean exchanged, Set<String> told) {

    /** All six. Introw takes one conversion for each click, which is the sign-up; Affihub takes no leads. */
    static final List<Vendor> ALL = List.of(
            new Vendor("introw", "/r/nora", "irw_id", "_introw_aff", false, Set.of("lead")),
            new Vendor("refport", "/go/leo", "refp_id", "refp_id", false, Set.of("lead", "sale")),
            new Vendor("dub", "/d/mia", "dub_id", "dub_id", false, Set.of("lead", "sale")),
            new Vendor(
                    "affitor",
                    "/affitor/links/nora",
                    "aff",
                    "affitor_click_id",
                    true,
                    Set.of("click", "lead", "sale", "refund")),
            new Vendor(
                    "affonso",
                    "/affonso/links/leo",
                    "atp",
                    "affonso_referral",
                    true,
                    Set.of("click", "lead", "sale", "refund")),
            new Vendor("affihub", "/affihub/links/mia", "ref", "affihub_ref", false, Set.of("click", "sale")));

    /** The cookie that is there at once. */
    String landingCookie() {
        return exchanged ? "_reftrail_" + name : cookie;
    }

    boolean isTold(String kind) {
        return told.contains(kind);
    }
}
