/** Refport. */
@NullMarked
package io.reftrail.backend.refport;

import org.jspecify.annotations.NullMarked;
