package io.reftrail.samples.sandbox;

import io.reftrail.samples.sandbox.CallFeed.CallKind;
import io.reftrail.samples.sandbox.CallFeed.Verdict;
import io.reftrail.samples.sandbox.Dialect.Subject;
import io.reftrail.samples.sandbox.SandboxBackend.SandboxSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * The partner links: send the visitor to the merchant with the landing parameter. Where the vendor has redirecting links
 * (section 2 of docs/contracts/introw.md, refport.md and dub.md) they are calls of their own; where it has none, the
 * redirect stands for a link on the partner's page, of which the vendor would not know either.
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

    /**
     * The address on the merchant's site to which a partner link leads. A deep link is a path with an optional query, and
     * whatever is written there, the address stays on the merchant's origin.
     */
    record LandingAddress(URI uri) {

        /** The merchant's own address, or a deep link into it; empty if the deep link would leave the merchant. */
        static Optional<LandingAddress> on(URI merchant, @Nullable String deepLink) {
            if (deepLink == null) {
                return Optional.of(new LandingAddress(merchant));
            }
            try {
                URI target = merchant.resolve(new URI(deepLink));
                boolean stays = deepLink.startsWith("/")
                        && Objects.equals(target.getScheme(), merchant.getScheme())
                        && Objects.equals(target.getRawAuthority(), merchant.getRawAuthority());
                return stays ? Optional.of(new LandingAddress(target)) : Optional.empty();
            } catch (URISyntaxException malformed) {
                return Optional.empty();
            }
        }

        /** This address with {@code parameter=value} at the end of its query; what stands there already stays as it is. */
        String with(String parameter, String value) {
            String pair = parameter + '=' + value;
            String query = uri.getRawQuery() == null ? pair : uri.getRawQuery() + '&' + pair;
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String fragment = uri.getRawFragment() == null ? "" : '#' + uri.getRawFragment();
            return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + '?' + query + fragment)
                    .toASCIIString();
        }
    }

    /** Reads a partner's code from the landing address that a merchant reports. */
    static final class AffiliateUrl {

        private AffiliateUrl() {}

        /** Empty if the text is no absolute URL or has no such parameter. */
        static Optional<String> partner(@Nullable String text, String parameter) {
            try {
                URI uri = new URI(text == null ? "" : text);
                if (!uri.isAbsolute() || uri.getHost() == null) {
                    return Optional.empty();
                }
                @Nullable
                String value = UriComponentsBuilder.fromUri(uri)
                        .build()
                        .getQueryParams()
                        .getFirst(parameter);
                return Optional.ofNullable(value)
                        .map(raw -> UriUtils.decode(raw, "UTF-8"))
                        .filter(code -> !code.isEmpty());
            } catch (URISyntaxException | IllegalArgumentException malformed) {
                return Optional.empty();
            }
        }
    }
}
