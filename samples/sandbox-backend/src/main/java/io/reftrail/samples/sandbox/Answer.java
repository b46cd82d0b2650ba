package io.reftrail.samples.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * What a dialect says to one call: the response on the wire, and for the feed what it means and why. The body is
 * written as JSON; {@code null} is the JSON literal, which one vendor does answer.
 */
record Answer(int status, @Nullable Object body, Verdict verdict, String reason, Subject subject) {}
