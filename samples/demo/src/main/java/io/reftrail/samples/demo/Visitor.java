package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A person with a browser of their own: keeps cookies, sees redirects, fills forms. */
final class Visitor {

    /** Cookies that tell of no partner: sessions, here and at the identity provider, and remembered devices. */
    private static final Set<String> OTHER_COOKIES = Set.of("JSESSIONID", "KEYRING", "remember-me");

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private @Nullable URI page;

    HttpResponse<String> open(URI page) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(page));
    }

    /** Opens the page of a form, fills it and sends it to the same address. */
    HttpResponse<String> submit(URI form, Map<String, String> fields) throws IOException, InterruptedException {
        return submit(form, form, fields);
    }

    /** Opens a page, fills a form on it and sends that to its address. */
    HttpResponse<String> submit(URI form, URI action, Map<String, String> fields)
            throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(open(form).body());
        String token = csrf.find() ? "_csrf=" + encode(csrf.group(1)) + "&" : "";
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&", token, ""));
        return send(HttpRequest.newBuilder(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        URI target = request.build().uri();
        HttpRequest navigation = request.header("Accept", "text/html,application/xhtml+xml")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Site", siteSeenFrom(target))
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
                .timeout(Duration.ofSeconds(20))
                .build();
        page = target;
        return client.send(navigation, BodyHandlers.ofString());
    }

    /** As a browser says where somebody comes from. Ports make origins, but no sites. */
    private String siteSeenFrom(URI target) {
        if (page == null) {
            return "none";
        }
        if (!page.getHost().equals(target.getHost())) {
            return "cross-site";
        }
        return page.getPort() == target.getPort() ? "same-origin" : "same-site";
    }

    /** Goes on to where a response leads, until there is a page. */
    HttpResponse<String> follow(HttpResponse<String> response) throws IOException, InterruptedException, StepFailure {
        HttpResponse<String> page = response;
        for (int redirects = 0; page.statusCode() == 302; redirects++) {
            require(redirects < 20, "no end of redirects at " + page.uri());
            page = open(location(page));
        }
        return page;
    }

    /** Closes the browser and opens it again: sessions are gone. */
    void restart() {
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getMaxAge() < 0)
                .toList()
                .forEach(cookie -> cookies.getCookieStore().remove(null, cookie));
    }

    /** Where a redirect leads. */
    static URI location(HttpResponse<?> response) throws StepFailure {
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new StepFailure("no redirect but status " + response.statusCode()));
        return response.uri().resolve(location);
    }

    /** The names of the attribution cookies that the browser holds now. */
    List<String> attributionCookies() {
        return cookies.getCookieStore().getCookies().stream()
                .map(java.net.HttpCookie::getName)
                .filter(name -> !OTHER_COOKIES.contains(name))
                .sorted()
                .toList();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
