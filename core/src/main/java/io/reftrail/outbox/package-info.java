/**
 * The outbox: the store in which events wait until their backend has given its final answer, and which keeps the record of
 * what was reported. {@link io.reftrail.outbox.Outbox} is the SPI; the other types are its values.
 */
@NullMarked
package io.reftrail.outbox;

import org.jspecify.annotations.NullMarked;
