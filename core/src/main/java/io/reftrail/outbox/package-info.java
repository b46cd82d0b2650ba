/** Where events wait until a backend has given its final answer. */
@NullMarked
package io.reftrail.outbox;

import org.jspecify.annotations.NullMarked;
