/** What other packages share with delivery. Public for technical reasons only. */
@NullMarked
package io.reftrail.delivery.internal;

import org.jspecify.annotations.NullMarked;
