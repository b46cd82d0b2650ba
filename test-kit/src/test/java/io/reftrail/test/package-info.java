/** The kit's own tests. */
@NullMarked
package io.reftrail.test;

import org.jspecify.annotations.NullMarked;
