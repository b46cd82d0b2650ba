@NullMarked
package io.reftrail.payments;

import org.jspecify.annotations.NullMarked;
