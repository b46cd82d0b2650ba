/** Types that other packages share with delivery. Public only for technical reasons. */
@NullMarked
package io.reftrail.delivery.internal;

import org.jspecify.annotations.NullMarked;
