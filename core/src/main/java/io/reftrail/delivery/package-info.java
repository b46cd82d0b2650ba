/** The delivery of waiting events to their backends: claim, send, settle, retry and pause. */
@NullMarked
package io.reftrail.delivery;

import org.jspecify.annotations.NullMarked;
