/** Affihub. */
@NullMarked
package io.reftrail.backend.affihub;

import org.jspecify.annotations.NullMarked;
