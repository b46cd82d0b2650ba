/** The application's say in who is a lead: the SPI {@link io.reftrail.policy.LeadPolicy}, and policies for the usual abuses. */
@NullMarked
package io.reftrail.policy;

import org.jspecify.annotations.NullMarked;
