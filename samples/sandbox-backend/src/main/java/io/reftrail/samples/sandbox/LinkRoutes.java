package io.reftrail.samples.sandbox;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The partner links: send the visitor to the merchant with the landing parameter. Where the vendor has redirecting links
 * (section 2 of docs/contracts/introw.md, refport.md and dub.md) they are calls of their own; where it has none, the redirect
 * stands for a link on the partner's page, of which the vendor would not know either.
 */
@Configuration(proxyBeanMethods = false)
class LinkRoutes {

    @Bean
    RouterFunction<ServerResponse> links(List<Dialect> dialects, SandboxSettings settings, CallFeed feed) {
        RouterFunctions.Builder routes = RouterFunctions.route();
        for (Dialect dialect : dialects) {
            routes.GET(
                    dialect.vendor().linkPath() + "{code}",
                    request -> follow(dialect, settings.merchantUrl(), feed, request));
        }
        return routes.build();
    }

    private static ServerResponse follow(Dialect dialect, URI merchant, CallFeed feed, ServerRequest request) {
        String code = request.pathVariable("code");
        if (!dialect.vendor().partners().contains(code)) {
            return refuse(404, "no partner has this link", dialect, feed, request);
        }
        Optional<LandingAddress> landing =
                LandingAddress.on(merchant, request.param("to").orElse(null));
        if (landing.isEmpty()) {
            return refuse(400, "the deep link does not stay on the merchant's site", dialect, feed, request);
        }
        String value = dialect.follow(code);
        String why = "click on a link of " + code;
        Subject subject = new Subject(code, null, null, value);
        if (dialect.vendor().redirecting()) {
            feed.add(dialect.name(), "GET", request.path(), CallKind.CLICK, 302, Verdict.RECORDED, why, subject);
        }
        return ServerResponse.status(302)
                .header(
                        HttpHeaders.LOCATION,
                        landing.get().with(dialect.vendor().landingParameter(), value))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static ServerResponse refuse(
            int status, String why, Dialect dialect, CallFeed feed, ServerRequest request) {
        feed.add(dialect.name(), "GET", request.path(), CallKind.CLICK, status, Verdict.REJECTED, why, Subject.NOBODY);
        return ServerResponse.status(status).contentType(MediaType.TEXT_PLAIN).body(why);
    }
}
