/** Capture of clicks: reading them from a raw query string, and storing them in cookies. */
@NullMarked
package io.reftrail.capture;

import org.jspecify.annotations.NullMarked;
