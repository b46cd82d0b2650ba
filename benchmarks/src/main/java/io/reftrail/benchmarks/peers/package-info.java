/** The same event by Reftrail and by what else there is: hand-off, delivery, and what is lost. */
@NullMarked
package io.reftrail.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
