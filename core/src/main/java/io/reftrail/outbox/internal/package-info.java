/** Code that the outboxes share. Not part of the API: it may change in any release. */
@NullMarked
package io.reftrail.outbox.internal;

import org.jspecify.annotations.NullMarked;
