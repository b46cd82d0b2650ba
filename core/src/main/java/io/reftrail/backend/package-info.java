/**
 * The SPI {@link io.reftrail.backend.TrackingBackend} and what its implementations need. Each vendor has a package of its own
 * below.
 */
@NullMarked
package io.reftrail.backend;

import org.jspecify.annotations.NullMarked;
