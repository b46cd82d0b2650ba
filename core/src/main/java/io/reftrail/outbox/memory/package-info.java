/** An outbox in memory, for tests and for applications that may lose waiting events at a crash. */
@NullMarked
package io.reftrail.outbox.memory;

import org.jspecify.annotations.NullMarked;
