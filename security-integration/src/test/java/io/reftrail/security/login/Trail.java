package io.reftrail.security.login;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The answers from a request to the page that it ended at.
 *
 * @param hops in their order, at least one
 */
record Trail(List<HttpResponse<String>> hops) {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    Trail then(Trail next) {
        return new Trail(Stream.concat(hops.stream(), next.hops.stream()).toList());
    }

    private HttpResponse<String> last() {
        return hops.get(hops.size() - 1);
    }

    URI uri() {
        return last().uri();
    }

    int status() {
        return last().statusCode();
    }

    String body() {
        return last().body();
    }

    /** The token that the form on the page has to send. */
    String csrf() {
        Matcher token = CSRF.matcher(body());
        if (!token.find()) {
            throw new IllegalStateException("no form at " + uri() + ": " + body());
        }
        return token.group(1);
    }

    /** Each answer that set or expired the cookie: its path and the line. */
    List<String> cookieLines(String name) {
        return hops.stream()
                .flatMap(hop -> hop.headers().allValues("Set-Cookie").stream()
                        .filter(line -> line.startsWith(name + "="))
                        .map(line -> hop.uri().getPath() + ": " + line))
                .toList();
    }
}
