package io.reftrail.samples.sandbox;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows a call to a path that no vendor has in the feed: a wrong path is the first mistake everybody makes. */
@RestController
class UnknownEndpoint {

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
