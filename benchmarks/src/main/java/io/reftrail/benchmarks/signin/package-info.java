/** What a sign-in waits for, with a backend that answers, hangs, or is away. */
@NullMarked
package io.reftrail.benchmarks.signin;

import org.jspecify.annotations.NullMarked;
