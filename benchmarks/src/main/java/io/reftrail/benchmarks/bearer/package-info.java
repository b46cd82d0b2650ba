/** What a request with a bearer token costs where sign-ins are listened to. */
@NullMarked
package io.reftrail.benchmarks.bearer;

import org.jspecify.annotations.NullMarked;
