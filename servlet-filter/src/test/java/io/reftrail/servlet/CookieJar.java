package io.reftrail.servlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps cookies as a browser does (RFC 6265, section 5): a host-only one and one of a domain stand beside each other. */
final class CookieJar {

    private final List<Cookie> cookies = new ArrayList<>();

    private record Cookie(String name, String value, String domain, boolean hostOnly, String path) {

        boolean isSameAs(Cookie other) {
            return name.equals(other.name)
                    && domain.equals(other.domain)
                    && hostOnly == other.hostOnly
                    && path.equals(other.path);
        }

        boolean goesTo(String host, String requestPath) {
            boolean domainMatches = host.equals(domain) || (!hostOnly && host.endsWith("." + domain));
            String prefix = path.endsWith("/") ? path : path + "/";
            return domainMatches && (requestPath.equals(path) || requestPath.startsWith(prefix));
        }

        String pair() {
            return name + "=" + value;
        }
    }

    /** Takes a {@code Set-Cookie} line of a host, unless it is for somebody else's domain. */
    void take(String host, String line) {
        String[] attributes = line.split(";");
        String[] pair = attributes[0].strip().split("=", 2);
        String domain = attribute(attributes, "domain");
        String path = attribute(attributes, "path");
        Cookie cookie =
                new Cookie(pair[0], pair[1], domain == null ? host : domain, domain == null, path == null ? "/" : path);
        if (!cookie.goesTo(host, cookie.path)) {
            return;
        }
        cookies.removeIf(cookie::isSameAs);
        if (!"0".equals(attribute(attributes, "max-age"))) {
            cookies.add(cookie);
        }
    }

    private static @Nullable String attribute(String[] attributes, String name) {
        for (String attribute : attributes) {
            String[] parts = attribute.strip().split("=", 2);
            if (parts.length == 2 && parts[0].toLowerCase(Locale.ROOT).equals(name)) {
                return parts[1];
            }
        }
        return null;
    }

    /** What a request for this path of this host brings along; empty if nothing. */
    String header(String host, String path) {
        return cookies.stream()
                .filter(cookie -> cookie.goesTo(host, path))
                .map(Cookie::pair)
                .collect(Collectors.joining("; "));
    }

    /** The names of all cookies, sorted; twice where there are twins. */
    List<String> names() {
        return cookies.stream().map(Cookie::name).sorted().toList();
    }
}
