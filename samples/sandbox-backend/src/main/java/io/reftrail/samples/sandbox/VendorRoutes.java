package io.reftrail.samples.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every endpoint of every dialect below the vendor's own base URL (two vendors share a path), with what they have in common: a fault comes before anything else, an answer is JSON
 * whatever the caller accepts, and the feed has the call before the caller has the answer.
 */
@Configuration(proxyBeanMethods = false)
class VendorRoutes {

    private final Faults faults;
    private final FaultyAnswers faultyAnswers;
    private final CallFeed feed;
    private final JsonBodies bodies;
    private final JsonMapper json;

    VendorRoutes(Faults faults, FaultyAnswers faultyAnswers, CallFeed feed, JsonBodies bodies, JsonMapper json) {
        this.faults = faults;
        this.faultyAnswers = faultyAnswers;
        this.feed = feed;
        this.bodies = bodies;
        this.json = json;
    }

    @Bean
    RouterFunction<ServerResponse> vendors(List<Dialect> dialects) {
        RouterFunctions.Builder routes = RouterFunctions.route();
        for (Dialect dialect : dialects) {
            for (Endpoint endpoint : dialect.endpoints()) {
                routes.route(
                        RequestPredicates.path("/" + dialect.name() + endpoint.path()),
                        request -> answer(dialect, endpoint, request));
            }
        }
        return routes.build();
    }

    private ServerResponse answer(Dialect dialect, Endpoint endpoint, ServerRequest request) throws IOException {
        Optional<Fault> fault = faults.next(dialect.name(), endpoint.kind());
        if (fault.isPresent()) {
            return faultyAnswers.answer(fault.get(), dialect, endpoint.kind(), request);
        }
        Answer answer = request.method().equals(endpoint.method())
                ? endpoint.handler().apply(read(request))
                : wrongMethod(dialect, endpoint);
        feed.add(
                dialect.name(),
                request.method().name(),
                request.path(),
                endpoint.kind(),
                answer.status(),
                answer.verdict(),
                answer.reason(),
                answer.subject());
        return ServerResponse.status(answer.status())
                .contentType(MediaType.APPLICATION_JSON)
                .headers(headers -> answer.headers().forEach(headers::set))
                .body(json.writeValueAsBytes(answer.body()));
    }

    private VendorCall read(ServerRequest request) throws IOException {
        HttpHeaders headers = request.headers().asHttpHeaders();
        byte[] body = request.servletRequest().getInputStream().readAllBytes();
        return new VendorCall(
                headers,
                bodies.read(headers.getFirst(HttpHeaders.CONTENT_TYPE), body),
                request.pathVariables(),
                request.params());
    }

    private static Answer wrongMethod(Dialect dialect, Endpoint endpoint) {
        String why = "this endpoint takes " + endpoint.method() + " only";
        return new Answer(405, dialect.errorBody(405, why), Verdict.REJECTED, why, Subject.NOBODY);
    }
}
