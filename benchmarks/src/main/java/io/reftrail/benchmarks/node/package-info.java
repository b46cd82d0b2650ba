/** The application that the chaos run starts three times: a sign-up, a table, and Reftrail's starter. */
@NullMarked
package io.reftrail.benchmarks.node;

import org.jspecify.annotations.NullMarked;
