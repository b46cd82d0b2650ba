/** The merchant's own programme, in which customers are partners. */
@NullMarked
package io.reftrail.backend.own;

import org.jspecify.annotations.NullMarked;
