/** Affitor. */
@NullMarked
package io.reftrail.backend.affitor;

import org.jspecify.annotations.NullMarked;
