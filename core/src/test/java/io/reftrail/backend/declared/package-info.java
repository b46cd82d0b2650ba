@NullMarked
package io.reftrail.backend.declared;

import org.jspecify.annotations.NullMarked;
