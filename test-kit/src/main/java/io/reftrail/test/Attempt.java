package io.reftrail.test;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.model.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One call that would have gone to a backend.
 *
 * @param call the HTTP request, with its JSON body
 * @param reply the answer that the backend was made to give, or {@code null} if it could not be reached
 * @param outcome what the answer means, by the backend's own rules
 */
public record Attempt(HttpCall call, @Nullable HttpReply reply, Outcome outcome) {}
