package io.reftrail.samples.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A visitor who became known to a vendor: by the click, and by the merchant's own id where that was told.
 *
 * @param status a word of the vendor's
 */
record Customer(Click click, @Nullable String externalId, String status) {}
