/** The ways into a Spring Security application, each driven through a real server and the real filter chain. */
@NullMarked
package io.reftrail.security.routes;

import org.jspecify.annotations.NullMarked;
