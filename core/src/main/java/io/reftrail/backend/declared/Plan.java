package io.reftrail.backend.declared;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.StatusCodes;
import io.reftrail.backend.internal.Json;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The call for one kind of event, and the meaning of its answers.
 *
 * @param method the HTTP method
 * @param base the base URL, without a slash at its end
 * @param path the path, which begins with a slash
 * @param query the query, credentials included
 * @param headers the headers, without the credentials
 * @param credentials the headers that are the same for each call of the backend
 * @param body the body, or {@code null} for none
 * @param requirements what an event must have to be sent
 * @param answers the answers, in the order in which they are tried
 * @param repeat what a second call for the same event would do
 * @param deliverWithin how long delivery of an event is tried
 */
record Plan(
        String method,
        String base,
        Template path,
        Fields query,
        Fields headers,
        Map<String, String> credentials,
        @Nullable Body body,
        List<Requirement> requirements,
        List<Answer> answers,
        Repeat repeat,
        Duration deliverWithin) {

    private static final Outcome NO_ADDRESS =
            Outcome.of(Verdict.IGNORED, "the address of the call needs a value that is not known");

    /** The effect of a second call for the same event at the vendor. */
    enum Repeat {
        /** The vendor recognises it. */
        RECOGNISED,
        /** The vendor may count it again; after a lost answer, the event is sent again anyway. */
        AT_LEAST_ONCE,
        /** The vendor may count it again, so the event is given up after a lost answer. */
        AT_MOST_ONCE
    }

    /**
     * A condition on the event.
     *
     * @param value the value that must not be absent
     * @param otherwise the outcome if it is absent
     */
    record Requirement(Template value, Outcome otherwise) {}

    /** A body of either kind. */
    sealed interface Body {

        String contentType();

        String of(Event event);

        /** A JSON document. */
        record Json(JsonBody json) implements Body {

            @Override
            public String contentType() {
                return HttpCall.JSON;
            }

            @Override
            public String of(Event event) {
                StringBuilder out = new StringBuilder(256);
                json.append(out, event);
                return out.toString();
            }
        }

        /** A form. */
        record Form(Fields fields) implements Body {

            @Override
            public String contentType() {
                return HttpCall.FORM;
            }

            @Override
            public String of(Event event) {
                StringBuilder out = new StringBuilder(256);
                fields.append(out, event);
                return out.toString();
            }
        }
    }

    /** Returns the outcome of an event that is not sent, or {@code null} if it is sent. */
    @Nullable
    Outcome withoutCall(Event event) {
        for (Requirement requirement : requirements) {
            if (requirement.value().text(event) == null) {
                return requirement.otherwise();
            }
        }
        return path.fixed() == null && path.text(event) == null ? NO_ADDRESS : null;
    }

    HttpCall call(Event event) {
        return new HttpCall(
                method,
                uri(event),
                headers(event),
                body == null ? "" : body.of(event),
                body == null ? HttpCall.JSON : body.contentType());
    }

    private URI uri(Event event) {
        StringBuilder out = new StringBuilder(base);
        if (!path.append(out, event)) {
            throw new IllegalStateException(NO_ADDRESS.reason());
        }
        query.append(out, event, "?");
        return URI.create(out.toString());
    }

    private Map<String, String> headers(Event event) {
        if (headers.isEmpty()) {
            return credentials;
        }
        Map<String, String> all = new LinkedHashMap<>(credentials);
        all.putAll(headers.map(event));
        return all;
    }

    Outcome outcome(Event event, HttpReply reply) {
        JsonNode document = reply.body().isEmpty() ? null : Json.parse(reply.body());
        for (Answer answer : answers) {
            if (answer.isAbout(reply, document)) {
                return answer.outcome(event, reply, document);
            }
        }
        return reply.status() / 100 == 2
                ? Outcome.of(Verdict.RETRY, "HTTP " + reply.status() + " without a known answer")
                : StatusCodes.outcome(reply);
    }
}
