/** Implementation details that other modules of Reftrail share. Not part of the API. */
@NullMarked
package io.reftrail.capture.internal;

import org.jspecify.annotations.NullMarked;
