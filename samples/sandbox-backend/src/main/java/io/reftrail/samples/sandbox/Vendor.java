package io.reftrail.samples.sandbox;

import java.util.List;

/**
 * What a vendor is called and how its partner links look.
 *
 * @param name in settings, feed, funnel and faults: lower case, no spaces
 * @param linkPath what stands before the partner's code on the vendor's host
 * @param landingParameter what the vendor adds to the query of the merchant's address
 * @param partners the codes of the partners whose links exist
 */
record Vendor(String name, String linkPath, String landingParameter, List<String> partners) {}
