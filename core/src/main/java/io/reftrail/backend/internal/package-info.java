/** Code that the vendors' backends share. Not API: it may change in any release. */
@NullMarked
package io.reftrail.backend.internal;

import org.jspecify.annotations.NullMarked;
