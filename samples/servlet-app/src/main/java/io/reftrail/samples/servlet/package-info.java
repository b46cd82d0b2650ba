/** A plain servlet application: a web.xml, two servlets, no framework. */
@NullMarked
package io.reftrail.samples.servlet;

import org.jspecify.annotations.NullMarked;
