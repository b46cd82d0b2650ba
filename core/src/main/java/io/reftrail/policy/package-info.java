/**
 * The rules that decide which new customers become leads: the SPI {@link io.reftrail.policy.LeadPolicy}, and policies against
 * common abuse.
 */
@NullMarked
package io.reftrail.policy;

import org.jspecify.annotations.NullMarked;
