/** Dub. */
@NullMarked
package io.reftrail.backend.dub;

import org.jspecify.annotations.NullMarked;
