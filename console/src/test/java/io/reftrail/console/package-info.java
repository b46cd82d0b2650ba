/** Tests of the console on a running application. */
@NullMarked
package io.reftrail.console;

import org.jspecify.annotations.NullMarked;
