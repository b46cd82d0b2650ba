/**
 * What {@code ./demo --check} breaks in a shop of its own, to see that no customer notices. Only with the profile
 * {@code trouble}; nothing else in the shop knows of it.
 */
@NullMarked
package io.reftrail.samples.shop.trouble;

import org.jspecify.annotations.NullMarked;
