/** What several packages' tests share. */
@NullMarked
package io.reftrail.testing;

import org.jspecify.annotations.NullMarked;
