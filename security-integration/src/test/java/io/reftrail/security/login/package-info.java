/** Spring Security's ways in, each through its real filter chain on a real server. */
@NullMarked
package io.reftrail.security.login;

import org.jspecify.annotations.NullMarked;
