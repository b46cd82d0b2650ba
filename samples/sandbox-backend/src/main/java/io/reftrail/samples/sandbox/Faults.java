package io.reftrail.samples.sandbox;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonValue;
import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Dialect.Subject;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** The faults that are pending, first ordered first met, and the calls that are being held. */
@Component
final class Faults {

    private final List<Fault> pending = new ArrayList<>();
    private CompletableFuture<Void> release = new CompletableFuture<>();

    synchronized void add(Fault fault) {
        pending.add(fault);
    }

    synchronized List<Fault> pending() {
        return List.copyOf(pending);
    }

    /** The fault that a call of this vendor and kind meets, if any; it is used up by one. */
    synchronized Optional<Fault> next(String vendor, CallKind what) {
        for (int i = 0; i < pending.size(); i++) {
            Fault fault = pending.get(i);
            if (fault.meets(vendor, what)) {
                if (fault.count() > 1) {
                    pending.set(i, fault.once());
                } else {
                    pending.remove(i);
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /** Completes when the time is over or the faults are cleared; no thread waits for it. */
    synchronized CompletableFuture<Void> hold(Duration time) {
        return release.copy().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Drops what is pending and releases what is held. */
    @PreDestroy
    void clear() {
        forget().complete(null);
    }

    private synchronized CompletableFuture<Void> forget() {
        pending.clear();
        CompletableFuture<Void> held = release;
        release = new CompletableFuture<>();
        return held;
    }

    /**
     * Trouble that the next calls of a vendor shall meet.
     *
     * @param vendor whose calls, {@code null} for any
     * @param endpoint what kind of calls, {@code null} for any
     * @param status what {@link Kind#STATUS} answers
     * @param retryAfter the header Retry-After as it shall be sent, well-formed or not
     * @param count how many calls are still to meet it
     * @param seconds how long {@link Kind#HANG} holds a call
     */
    record Fault(
            @Nullable String vendor,
            @Nullable CallKind endpoint,
            Kind kind,
            int status,
            @Nullable String retryAfter,
            int count,
            int seconds) {

        /** The effect on a call. */
        enum Kind {
            STATUS,
            HANG,
            RESET,
            HTML;

            @JsonValue
            String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        boolean meets(String caller, CallKind what) {
            return (vendor == null || vendor.equals(caller)) && (endpoint == null || endpoint == what);
        }

        Fault once() {
            return new Fault(vendor, endpoint, kind, status, retryAfter, count - 1, seconds);
        }

        /** A fault as it is ordered: all but the kind has a default. */
        record Order(
                @Nullable String vendor,
                @Nullable CallKind endpoint,
                @Nullable Kind kind,
                @Nullable Integer status,
                @Nullable String retryAfter,
                @Nullable Integer count,
                @Nullable Integer seconds) {

            /** Empty if it could never happen, which would make a test pass for nothing. */
            Optional<Fault> fault(List<Dialect> dialects) {
                int code = requireNonNullElse(status, 500);
                int calls = requireNonNullElse(count, 1);
                int time = requireNonNullElse(seconds, 30);
                boolean happens = calls > 0 && time > 0 && dialects.stream().anyMatch(this::canMeet);
                return kind == null || !happens || code < 200 || code > 599
                        ? Optional.empty()
                        : Optional.of(new Fault(vendor, endpoint, kind, code, retryAfter, calls, time));
            }

            private boolean canMeet(Dialect dialect) {
                return (vendor == null || vendor.equals(dialect.name()))
                        && dialect.endpoints().stream().anyMatch(each -> endpoint == null || endpoint == each.kind());
            }
        }
    }

    /**
     * Turns a fault into what happens on the wire, and writes it into the feed at once, also when the caller has to wait.
     */
    @Component
    static final class FaultyAnswers {

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

    /**
     * Lets a handler drop the connection of its request without a byte of response. The servlet API has no such thing, so a
     * Tomcat valve hands the handler Tomcat's own way, as a request attribute.
     */
    @Component
    static final class ConnectionDrop implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

        private static final String ATTRIBUTE = ConnectionDrop.class.getName();

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addEngineValves(new Valve());
        }

        /** Closes the connection now; whatever is still written to the response goes nowhere. */
        static void drop(HttpServletRequest request) {
            ((Runnable) request.getAttribute(ATTRIBUTE)).run();
        }

        private static final class Valve extends ValveBase {

            Valve() {
                super(true);
            }

            @Override
            public void invoke(Request request, Response response) throws IOException, ServletException {
                Runnable drop = () -> response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
                request.setAttribute(ATTRIBUTE, drop);
                getNext().invoke(request, response);
            }
        }
    }
}
