/**
 * For applications' tests: {@link io.reftrail.test.ReportedEvents} records what tracking backends would have been told,
 * {@link io.reftrail.test.AutoConfigureReftrail} brings it into a Spring Boot test, and
 * {@link io.reftrail.test.ReftrailExtension} into any other.
 */
@NullMarked
package io.reftrail.test;

import org.jspecify.annotations.NullMarked;
