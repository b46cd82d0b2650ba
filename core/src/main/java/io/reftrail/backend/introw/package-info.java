/** Introw. */
@NullMarked
package io.reftrail.backend.introw;

import org.jspecify.annotations.NullMarked;
