/** The facade: {@link io.reftrail.Reftrail} for applications, with its operations for web filters and operators. */
@NullMarked
package io.reftrail;

import org.jspecify.annotations.NullMarked;
