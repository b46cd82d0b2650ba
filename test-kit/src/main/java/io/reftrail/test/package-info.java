/**
 * Support for tests of applications: {@link io.reftrail.test.ReportedEvents} records what Reftrail reports,
 * {@link io.reftrail.test.AutoConfigureReftrail} sets it up in a Spring Boot test, and
 * {@link io.reftrail.test.ReftrailExtension} in any other.
 */
@NullMarked
package io.reftrail.test;

import org.jspecify.annotations.NullMarked;
