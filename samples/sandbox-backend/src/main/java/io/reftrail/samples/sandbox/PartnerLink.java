package io.reftrail.samples.sandbox;

/**
 * The form of a vendor's partner links: the path before the partner's code on the vendor's host, and the query
 * parameter that the vendor adds to the merchant's address.
 */
record PartnerLink(String path, String parameter) {}
