/** Affonso. */
@NullMarked
package io.reftrail.backend.affonso;

import org.jspecify.annotations.NullMarked;
