package io.reftrail.samples.sandbox;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows a call to a path that no vendor has in the feed: a wrong path is the first mistake everybody makes. */
@RestController
class UnknownEndpoint {

    private final CallFeed feed;

    UnknownEndpoint(CallFeed feed) {
        this.feed = feed;
    }

    @PostMapping(path = "/**", produces = "application/json")
    @ResponseStatus(HttpStatus.NOT_FOUND)
    Map<String, String> notFound(HttpServletRequest request) {
        String why = "no vendor has this endpoint";
        feed.add(null, request.getMethod(), request.getRequestURI(), 404, Verdict.REJECTED, why, Subject.NOBODY);
        return Map.of("error", why);
    }
}
