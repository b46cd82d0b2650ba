/** Claim, send, settle, retry, pause: how waiting events reach their backend. */
@NullMarked
package io.reftrail.delivery;

import org.jspecify.annotations.NullMarked;
