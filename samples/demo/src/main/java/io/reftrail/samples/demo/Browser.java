package io.reftrail.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's browser: sends page navigations, keeps cookies for each host, fills forms, and shows redirects instead of
 * following them. Not thread-safe. The demo and the benchmarks use it.
 */
public final class Browser {

    /** The user agent of an ordinary browser. */
    public static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    /**
     * Cookies that hold no click: sessions, here and at the identity provider, remembered devices, and the touches, which every visit
     * has.
     */
    private static final Set<String> OTHER_COOKIES =
            Set.of("JSESSIONID", "KEYRING", "remember-me", "_reftrail-touches");

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final HttpClient SHARED =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String userAgent;
    private final Map<String, Map<String, Cookie>> cookiesByHost = new LinkedHashMap<>();
    private @Nullable URI page;

    /** Creates an ordinary browser without cookies. */
    public Browser() {
        this(FIREFOX);
    }

    /** Creates a client without cookies. */
    public Browser(String userAgent) {
        this.userAgent = userAgent;
    }

    private record Cookie(String value, boolean persistent) {}

    /** Opens a page. */
    public HttpResponse<String> open(URI page) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(page));
    }

    /** Sends a request without the headers of a navigation, such as a fetch of a script, with the cookies of its host. */
    public HttpResponse<String> fetch(HttpRequest.Builder request) throws IOException, InterruptedException {
        return exchange(request);
    }

    /** Opens the page of a form, and sends the form to the same address. */
    public HttpResponse<String> submit(URI form, Map<String, String> fields) throws IOException, InterruptedException {
        return submit(form, form, fields);
    }

    /** Opens a page, and sends a form on it to another address. */
    public HttpResponse<String> submit(URI form, URI action, Map<String, String> fields)
            throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(open(form).body());
        String token = csrf.find() ? "_csrf=" + encode(csrf.group(1)) + "&" : "";
        return post(
                action,
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&", token, "")));
    }

    /** Sends a form without opening its page. */
    public HttpResponse<String> post(URI action, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        URI target = request.build().uri();
        request.header("Accept", "text/html,application/xhtml+xml")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Site", siteSeenFrom(target));
        page = target;
        return exchange(request);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        Map<String, Cookie> cookies = cookiesOf(request.build().uri());
        request.header("User-Agent", userAgent).timeout(Duration.ofSeconds(30));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie ->
                                    cookie.getKey() + "=" + cookie.getValue().value())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = SHARED.send(request.build(), BodyHandlers.ofString());
        response.headers().allValues("Set-Cookie").forEach(line -> keep(cookies, line));
        return response;
    }

    /** Returns the {@code Sec-Fetch-Site} of a navigation. Two ports of a host are two origins, but one site. */
    private String siteSeenFrom(URI target) {
        if (page == null) {
            return "none";
        }
        if (!page.getHost().equals(target.getHost())) {
            return "cross-site";
        }
        return page.getPort() == target.getPort() ? "same-origin" : "same-site";
    }

    private Map<String, Cookie> cookiesOf(URI address) {
        return cookiesByHost.computeIfAbsent(address.getHost(), host -> new LinkedHashMap<>());
    }

    private static void keep(Map<String, Cookie> cookies, String line) {
        String[] parts = line.split(";", -1);
        int equals = parts[0].indexOf('=');
        String name = parts[0].substring(0, equals).strip();
        List<String> attributes = List.of(parts).stream()
                .skip(1)
                .map(attribute -> attribute.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (attributes.contains("max-age=0")) {
            cookies.remove(name);
        } else {
            boolean persistent = attributes.stream().anyMatch(attribute -> attribute.startsWith("max-age="));
            cookies.put(name, new Cookie(parts[0].substring(equals + 1).strip(), persistent));
        }
    }

    /** Puts a cookie of any name and value into the browser. */
    public void plant(URI address, String name, String value) {
        cookiesOf(address).put(name, new Cookie(value, true));
    }

    /** Closes the browser and opens it again: session cookies are gone. */
    public void restart() {
        cookiesByHost.values().forEach(cookies -> cookies.values().removeIf(cookie -> !cookie.persistent()));
    }

    /** Follows redirects until there is a page. */
    public HttpResponse<String> follow(HttpResponse<String> response) throws IOException, InterruptedException {
        HttpResponse<String> answer = response;
        for (int redirects = 0; answer.statusCode() == 302; redirects++) {
            if (redirects == 20) {
                throw new IOException("no end of redirects at " + answer.uri());
            }
            answer = open(location(answer));
        }
        return answer;
    }

    /**
     * Returns the address that a redirect leads to.
     *
     * @throws IOException if the response is no redirect
     */
    public static URI location(HttpResponse<?> response) throws IOException {
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("no redirect but status " + response.statusCode()));
        URI page = response.uri();
        // java.net.URI resolves a reference that has only a query against the folder, as RFC 2396 did; browsers keep
        // the page
        return location.startsWith("?") ? page.resolve(page.getRawPath() + location) : page.resolve(location);
    }

    /** Returns whether the browser holds a cookie of this name. */
    public boolean has(String cookie) {
        return cookiesByHost.values().stream().anyMatch(cookies -> cookies.containsKey(cookie));
    }

    /** Returns the names of the attribution cookies that the browser holds now, sorted. */
    public List<String> attributionCookies() {
        return cookiesByHost.values().stream()
                .flatMap(cookies -> cookies.keySet().stream())
                .filter(name -> !OTHER_COOKIES.contains(name))
                .sorted()
                .toList();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
