/** The SPI {@link io.reftrail.backend.TrackingBackend} and one file for each vendor. Pure functions: no I/O, no threads. */
@NullMarked
package io.reftrail.backend;

import org.jspecify.annotations.NullMarked;
