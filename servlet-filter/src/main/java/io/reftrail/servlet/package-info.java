/** The filter that captures clicks in front of any servlet application (Servlet 6.0 and later). */
@NullMarked
package io.reftrail.servlet;

import org.jspecify.annotations.NullMarked;
