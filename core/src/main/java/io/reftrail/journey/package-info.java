/** The merchant's own record of who brought a customer: touches before the sign-up, conversions after it, and models over both. */
@NullMarked
package io.reftrail.journey;

import org.jspecify.annotations.NullMarked;
