/** What a Spring application needs with or without Spring Security: its transactions, and sign-ups of its own. */
@NullMarked
package io.reftrail.spring;

import org.jspecify.annotations.NullMarked;
