/** A small site on an embedded Tomcat, served in several ways side by side. */
@NullMarked
package io.reftrail.benchmarks.site;

import org.jspecify.annotations.NullMarked;
