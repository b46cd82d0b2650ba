/** Lead reporting for Spring Security: listens to sign-ins and reports new customers. */
@NullMarked
package io.reftrail.security;

import org.jspecify.annotations.NullMarked;
