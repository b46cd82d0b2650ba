/** The sample shop: sign-up, form login, and nothing about referrals but its properties and one resolver. */
@NullMarked
package io.reftrail.samples.shop;

import org.jspecify.annotations.NullMarked;
