/** The facade {@link io.reftrail.Reftrail}: the one entrance for applications. Nothing inside core imports it. */
@NullMarked
package io.reftrail;

import org.jspecify.annotations.NullMarked;
