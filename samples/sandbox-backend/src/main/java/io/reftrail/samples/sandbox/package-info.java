/**
 * The tracking backend to develop against: the vendors' endpoints on this machine, what arrives at them on one page,
 * and faults on demand.
 */
@NullMarked
package io.reftrail.samples.sandbox;

import org.jspecify.annotations.NullMarked;
