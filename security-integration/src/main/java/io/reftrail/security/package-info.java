/** Automatic lead tracking: listens to Spring Security's sign-ins and reports new customers. */
@NullMarked
package io.reftrail.security;

import org.jspecify.annotations.NullMarked;
