/** The console for operators, an actuator endpoint with a page. */
@NullMarked
package io.reftrail.console;

import org.jspecify.annotations.NullMarked;
