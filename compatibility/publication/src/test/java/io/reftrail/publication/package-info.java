/** What is published, seen from outside. */
@NullMarked
package io.reftrail.publication;

import org.jspecify.annotations.NullMarked;
