/**
 * Support for Spring applications, with or without Spring Boot and Spring Security: sign-up events, {@code @TrackLead}, clicks as
 * controller arguments, and Spring's transactions. Spring is an optional dependency of this module.
 */
@NullMarked
package io.reftrail.spring;

import org.jspecify.annotations.NullMarked;
