package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Dialect.Answer;
import io.reftrail.samples.sandbox.Dialect.Endpoint;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.Dialect.VendorCall;
import io.reftrail.samples.sandbox.Faults.Fault;
import io.reftrail.samples.sandbox.Faults.FaultyAnswers;
import io.reftrail.samples.sandbox.JsonBody.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The endpoints of all dialects, each below the vendor's own base URL because two vendors share a path. A fault comes
 * first, an answer is JSON whatever the caller accepts, and the feed has the call before the caller has the answer.
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
                        RequestPredicates.path("/" + dialect.name() + endpoint.path())
                                .and(request -> endpoint.query().test(query(request))),
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
                ? endpoint.handler().apply(read(dialect, request))
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

    private VendorCall read(Dialect dialect, ServerRequest request) throws IOException {
        HttpHeaders headers = request.headers().asHttpHeaders();
        byte[] body = request.servletRequest().getInputStream().readAllBytes();
        String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        return new VendorCall(
                headers,
                dialect.takesForms() ? bodies.form(type, body) : bodies.read(type, body),
                request.pathVariables(),
                query(request));
    }

    /** Returns the query alone, because a servlet's parameters are those of a form too. */
    private static MultiValueMap<String, String> query(ServerRequest request) {
        MultiValueMap<String, String> decoded = new LinkedMultiValueMap<>();
        UriComponentsBuilder.fromUri(request.uri())
                .build(true)
                .getQueryParams()
                .forEach((name, values) -> values.forEach(value -> decoded.add(
                        StringUtils.uriDecode(name, StandardCharsets.UTF_8),
                        value == null ? "" : StringUtils.uriDecode(value.replace('+', ' '), StandardCharsets.UTF_8))));
        return decoded;
    }

    private static Answer wrongMethod(Dialect dialect, Endpoint endpoint) {
        String why = "this endpoint takes " + endpoint.method() + " only";
        return new Answer(405, dialect.errorBody(405, why), Verdict.REJECTED, why, Subject.NOBODY);
    }

    /** Shows a call to a path that no vendor has in the feed: a wrong path is the first mistake everybody makes. */
    @RestController
    static class UnknownEndpoint {

        private final CallFeed feed;

        UnknownEndpoint(CallFeed feed) {
            this.feed = feed;
        }

        @RequestMapping("/**")
        ResponseEntity<Map<String, String>> notFound(HttpServletRequest request) {
            String why = "no vendor has this endpoint";
            String method = request.getMethod();
            if (!method.equals("GET")) {
                feed.add(null, method, request.getRequestURI(), null, 404, Verdict.REJECTED, why, Subject.NOBODY);
            }
            return ResponseEntity.status(HttpStatus.NOT_FOUND)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of("error", why));
        }
    }
}
