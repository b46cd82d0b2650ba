package io.reftrail.samples.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** Turns a fault into what happens on the wire, and writes it into the feed at once, also when the caller has to wait. */
@Component
final class FaultyAnswers {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final String PAGE = """
            <!doctype html><html lang="en"><head><title>Maintenance</title></head>
            <body><h1>We'll be back soon</h1><p>Scheduled maintenance is under way.</p></body></html>
            """;

    private final Faults faults;
    private final CallFeed feed;
    private final JsonMapper json;

    FaultyAnswers(Faults faults, CallFeed feed, JsonMapper json) {
        this.faults = faults;
        this.feed = feed;
        this.json = json;
    }

    ServerResponse answer(Fault fault, Dialect dialect, CallKind kind, ServerRequest request) {
        return switch (fault.kind()) {
            case STATUS -> {
                note(dialect, kind, request, fault.status(), "ordered: status " + fault.status());
                yield error(fault.status(), fault.retryAfter(), dialect);
            }
            case HTML -> {
                note(dialect, kind, request, 200, "ordered: an HTML page instead of JSON");
                yield ServerResponse.ok().contentType(HTML).body(PAGE.getBytes(StandardCharsets.UTF_8));
            }
            case RESET -> {
                note(dialect, kind, request, null, "ordered: connection dropped without a response");
                yield ServerResponse.ok().build((servletRequest, servletResponse) -> {
                    ConnectionDrop.drop(servletRequest);
                    return null;
                });
            }
            case HANG -> {
                note(dialect, kind, request, null, "ordered: no answer for " + fault.seconds() + " s");
                Duration time = Duration.ofSeconds(fault.seconds());
                yield ServerResponse.async(
                        faults.hold(time).thenApply(end -> error(503, null, dialect)), time.plusSeconds(60));
            }
        };
    }

    private ServerResponse error(int status, @Nullable String retryAfter, Dialect dialect) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .headers(headers -> {
                    if (retryAfter != null) {
                        headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
                    }
                })
                .body(json.writeValueAsBytes(dialect.errorBody(status, "a fault of the sandbox")));
    }

    private void note(Dialect dialect, CallKind kind, ServerRequest request, @Nullable Integer status, String why) {
        feed.add(
                dialect.name(),
                request.method().name(),
                request.path(),
                kind,
                status,
                Verdict.FAULT,
                why,
                Subject.NOBODY);
    }
}
